import { PreparedRootResponse, RootImport, RootSigned } from '../../contract/api/own-root.ts';
import { StatusResponse } from '../../contract/api/response.ts';
import type { Routes } from '../http/app-types.ts';
import { responses } from '../http/responses.ts';
import {
  discardRootCa,
  importRootCa,
  preparedRoot,
  requestRootCa,
  takeSignedRootCa,
} from '../services/root-ca/prepared-root.ts';

const tags = ['root-ca'];
const REFUSALS = [
  'invalid',
  'unauthorized',
  'confirmation_required',
  'conflicting',
  'project_frozen',
  'project_incomplete',
] as const;

/** A root CA of one's own, before the freeze: GET and DELETE /ca/prepared, POST /ca/import, /ca/request, /ca/certificate */
export const ownRootRoutes: Routes = (app, context) => {
  app.get(
    '/ca/prepared',
    {
      config: { operation: 'root_ca.prepared' },
      schema: {
        summary: "The root CA of one's own that the freeze will take",
        tags,
        response: responses({ 200: PreparedRootResponse }, 'unauthorized'),
      },
    },
    async (request) => ({ status: 'ok', prepared: await preparedRoot(context, request.requester) }),
  );
  app.delete(
    '/ca/prepared',
    {
      config: { operation: 'root_ca.prepare' },
      schema: {
        summary: 'Discard it, so that the freeze generates a root CA',
        tags,
        response: responses({ 200: StatusResponse }, 'unauthorized', 'confirmation_required'),
      },
    },
    async (request) => {
      await discardRootCa(context, request.requester);
      return { status: 'ok' };
    },
  );
  app.post(
    '/ca/import',
    {
      config: { operation: 'root_ca.prepare' },
      schema: {
        summary: "Import a root CA of one's own with its key",
        tags,
        body: RootImport,
        response: responses({ 200: PreparedRootResponse }, ...REFUSALS),
      },
    },
    async (request) => ({
      status: 'ok',
      prepared: await importRootCa(context, request.requester, request.body),
    }),
  );
  app.post(
    '/ca/request',
    {
      config: { operation: 'root_ca.prepare' },
      schema: {
        summary: "Generate the root CA's key and a request that another CA signs",
        tags,
        response: responses({ 200: PreparedRootResponse }, ...REFUSALS),
      },
    },
    async (request) => ({ status: 'ok', prepared: await requestRootCa(context, request.requester) }),
  );
  app.post(
    '/ca/certificate',
    {
      config: { operation: 'root_ca.prepare' },
      schema: {
        summary: 'Import what another CA issued for the request',
        tags,
        body: RootSigned,
        response: responses({ 200: PreparedRootResponse }, ...REFUSALS, 'not_found'),
      },
    },
    async (request) => ({
      status: 'ok',
      prepared: await takeSignedRootCa(context, request.requester, request.body.certificate),
    }),
  );
};
