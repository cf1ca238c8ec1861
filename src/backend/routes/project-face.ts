import { z } from 'zod';
import { LogoUpload } from '../../contract/api/logo.ts';
import { StatusResponse } from '../../contract/api/response.ts';
import { TermsAcceptance } from '../../contract/api/terms.ts';
import { UserResponse } from '../../contract/api/user.ts';
import type { Routes } from '../http/app-types.ts';
import { responses } from '../http/responses.ts';
import { getLogo, removeLogo, setLogo } from '../services/project/logo.ts';
import { acceptTerms } from '../services/users/accept-terms.ts';

const Bytes = { schema: z.string() };
const Picture = { content: { 'image/png': Bytes, 'image/jpeg': Bytes } };

/** /project/logo, and POST /terms to accept the project's terms */
export const projectFaceRoutes: Routes = (app, context) => {
  const tags = ['project'];
  app.get(
    '/project/logo',
    {
      config: { operation: 'project.read' },
      schema: {
        summary: "The project's logo",
        tags,
        response: responses({ 200: { description: 'The picture', ...Picture } }, 'not_found'),
      },
    },
    async (_request, reply) => {
      const { type, bytes } = await getLogo(context);
      return reply.type(type).header('content-security-policy', "default-src 'none'; sandbox").send(bytes);
    },
  );
  app.put(
    '/project/logo',
    {
      config: { operation: 'project.change' },
      schema: {
        summary: "Change the project's logo",
        tags,
        body: LogoUpload,
        response: responses({ 200: StatusResponse }, 'invalid', 'unauthorized'),
      },
    },
    async (request) => {
      await setLogo(context, request.requester, request.body.content);
      return { status: 'ok' };
    },
  );
  app.delete(
    '/project/logo',
    {
      config: { operation: 'project.change' },
      schema: {
        summary: "Remove the project's logo",
        tags,
        response: responses({ 200: StatusResponse }, 'unauthorized'),
      },
    },
    async (request) => {
      await removeLogo(context, request.requester);
      return { status: 'ok' };
    },
  );
  app.post(
    '/terms',
    {
      config: { operation: 'terms.accept' },
      schema: {
        summary: "Accept the project's terms",
        description: 'For accounts that did not sign up with this version of them. Nothing waits for it.',
        tags,
        body: TermsAcceptance,
        response: responses({ 200: UserResponse }, 'invalid', 'unauthorized', 'conflicting'),
      },
    },
    async (request) => ({
      status: 'ok',
      user: await acceptTerms(context, request.requester, request.body.version),
    }),
  );
};
