import { ProjectResponse, ProjectPatch, ProjectPatchResponse } from '../../contract/api/project.ts';
import { ProjectChecksResponse, PropertiesResponse } from '../../contract/api/properties.ts';
import { acceptedVersions, NOT_MODIFIED } from '../http/entity-tag.ts';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import { checkProject } from '../services/project/project-checks.ts';
import { readFileProperties } from '../services/project/properties.ts';
import { getProject, patchProject } from '../services/project/project.ts';

/** GET and PATCH /project, POST /project/checks, GET /properties */
export const projectRoutes: Routes = (app, context) => {
  const tags = ['project'];
  app.get(
    '/project',
    {
      config: { operation: 'project.read', keep: true, entity: 'project' },
      schema: {
        summary: 'The project; host names and properties only for who is logged in',
        tags,
        response: responses({ 200: ProjectResponse, 304: NOT_MODIFIED }),
      },
    },
    async (request) => ({ status: 'ok', project: await getProject(context, request.requester) }),
  );
  app.patch(
    '/project',
    {
      config: { operation: 'project.change' },
      schema: {
        summary: 'Change the settings, or freeze the project and make its root CA',
        tags,
        body: ProjectPatch,
        response: responses(
          { 200: ProjectPatchResponse },
          'invalid',
          'unauthorized',
          'project_frozen',
          'project_incomplete',
          'conflicting',
          'changed',
          'sealed',
        ),
      },
    },
    async (request) => {
      const { requester, body } = request;
      return { status: 'ok', ...(await patchProject(context, requester, body, acceptedVersions(request))) };
    },
  );
  app.post(
    '/project/checks',
    {
      config: { operation: 'project.check' },
      schema: {
        summary: 'What should be looked at before the project is frozen',
        tags,
        response: responses({ 200: ProjectChecksResponse }, 'unauthorized'),
      },
    },
    async (request) => ({ status: 'ok', ...(await checkProject(context, request.requester)) }),
  );
  app.get(
    '/properties',
    {
      config: { operation: 'properties.read', entity: true },
      schema: {
        summary: "What the project folder's properties file adds to every kit",
        tags,
        response: responses({ 200: PropertiesResponse, 304: NOT_MODIFIED }, 'unauthorized'),
      },
    },
    async (request) => ({ status: 'ok', ...(await readFileProperties(context, request.requester)) }),
  );
};
