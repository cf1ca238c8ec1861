import { Readable } from 'node:stream';
import { z } from 'zod';
import { AuditResponse, AuditQuery } from '../../contract/api/audit.ts';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import { exportAudit, readAudit } from '../services/audit/audit.ts';

const JSON_LINES = 'application/x-ndjson';
const Lines = { content: { [JSON_LINES]: { schema: z.string() } } };

/** GET /audit and GET /audit/export */
export const auditRoutes: Routes = (app, context) => {
  app.get(
    '/audit',
    {
      config: { operation: 'audit.read' },
      schema: {
        summary: 'Who did what',
        tags: ['audit'],
        querystring: AuditQuery,
        response: responses({ 200: AuditResponse }, 'invalid', 'unauthorized', 'not_approved'),
      },
    },
    async (request) => ({ status: 'ok', ...(await readAudit(context, request.requester, request.query)) }),
  );
  app.get(
    '/audit/export',
    {
      config: { operation: 'audit.read' },
      schema: {
        summary: 'The whole audit, a JSON object a line, oldest first',
        tags: ['audit'],
        response: responses({ 200: Lines }, 'unauthorized', 'not_approved'),
      },
    },
    (request, reply) => {
      const lines = Readable.from(exportAudit(context, request.requester));
      return reply
        .header('content-disposition', 'attachment; filename="audit.jsonl"')
        .type(JSON_LINES)
        .send(lines);
    },
  );
};
