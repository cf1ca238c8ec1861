import { ProjectAnswer, ProjectPatch, ProjectPatchAnswer } from '../../domain/api/project.ts';
import { ProjectChecksAnswer, PropertiesAnswer } from '../../domain/api/properties.ts';
import { answers } from '../answers.ts';
import type { Routes } from '../app-types.ts';
import { checkProject } from '../services/project-checks.ts';
import { readFileProperties } from '../services/properties.ts';
import { getProject, patchProject } from '../services/project.ts';

/** GET and PATCH /project, POST /project/checks, GET /properties */
export const projectRoutes: Routes = (app, context) => {
  const tags = ['project'];
  app.get(
    '/project',
    {
      config: { operation: 'project.read', keep: true },
      schema: {
        summary: 'The project; host names and properties only for who is logged in',
        tags,
        response: answers({ 200: ProjectAnswer }),
      },
    },
    async (request) => ({ status: 'ok', project: await getProject(context, request.asker) }),
  );
  app.patch(
    '/project',
    {
      config: { operation: 'project.change' },
      schema: {
        summary: 'Change the settings, or freeze the project and make its root CA',
        tags,
        body: ProjectPatch,
        response: answers(
          { 200: ProjectPatchAnswer },
          'invalid',
          'unauthorized',
          'project_frozen',
          'project_incomplete',
        ),
      },
    },
    async (request) => ({ status: 'ok', ...(await patchProject(context, request.asker, request.body)) }),
  );
  app.post(
    '/project/checks',
    {
      config: { operation: 'project.check' },
      schema: {
        summary: 'What should be looked at before the project is frozen',
        tags,
        response: answers({ 200: ProjectChecksAnswer }, 'unauthorized'),
      },
    },
    async (request) => ({ status: 'ok', ...(await checkProject(context, request.asker)) }),
  );
  app.get(
    '/properties',
    {
      config: { operation: 'properties.read' },
      schema: {
        summary: "What the project folder's properties file adds to every kit",
        tags,
        response: answers({ 200: PropertiesAnswer }, 'unauthorized'),
      },
    },
    async (request) => ({ status: 'ok', ...(await readFileProperties(context, request.asker)) }),
  );
};
