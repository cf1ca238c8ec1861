import { IdParam, StatusResponse, UsersQuery } from '../../contract/api/response.ts';
import {
  UserResponse,
  UserCreate,
  UserPatch,
  UsersResponse,
  type UserView,
} from '../../contract/api/user.ts';
import type { FastifyRequest } from 'fastify';
import { isBelowPrefix } from '../http/public-address.ts';
import { acceptedVersions, NOT_MODIFIED } from '../http/entity-tag.ts';
import { JSON_TYPE, streamedList } from '../http/streamed-list.ts';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import { ignoredProps } from '../services/project/participant-props.ts';
import { changeUser } from '../services/users/change-user.ts';
import { signUp } from '../services/users/sign-up.ts';
import { findUsers, readUser, removeUser } from '../services/users/users.ts';

const REFUSALS = ['invalid', 'unauthorized', 'not_approved', 'not_found'] as const;

/** /users and /users/{id}; under the older prefix responses carry NVIDIA's first key names as well. */
export const userRoutes: Routes = (app, context) => {
  const hasOlderNames = (request: FastifyRequest) => !isBelowPrefix(request.url);
  const one = (request: FastifyRequest, user: UserView) => ({
    status: 'ok',
    user,
    ...(hasOlderNames(request) ? { client: user } : {}),
  });
  const tags = ['users'];
  app.post(
    '/users',
    {
      config: { operation: 'users.sign_up' },
      schema: {
        summary: 'Sign up',
        tags,
        body: UserCreate,
        response: responses({ 201: UserResponse }, 'invalid', 'unauthorized', 'conflicting'),
      },
    },
    async (request, reply) =>
      reply.code(201).send(one(request, await signUp(context, request.requester, request.body))),
  );
  app.get(
    '/users',
    {
      config: { operation: 'users.list', keep: true },
      schema: {
        summary: 'List users',
        tags,
        querystring: UsersQuery,
        response: responses({ 200: UsersResponse }, ...REFUSALS),
      },
    },
    async (request, reply) => {
      const { requester, query } = request;
      const { users, total } = await findUsers(context, requester, query);
      const older = hasOlderNames(request);
      const offset = query.offset ?? 0;
      if (query.limit === undefined && offset + users.length < total) {
        const read = async (from: number) =>
          (await findUsers(context, requester, { ...query, offset: from })).users;
        const names = ['user_list', ...(older ? ['client_list'] : [])];
        return reply.type(JSON_TYPE).send(streamedList(names, { first: users, offset, total, read }));
      }
      return { status: 'ok', user_list: users, ...(older ? { client_list: users } : {}), total };
    },
  );
  app.get(
    '/users/:id',
    {
      config: { operation: 'users.read', target: 'account', keep: true, entity: 'user' },
      schema: {
        summary: 'One user',
        tags,
        params: IdParam,
        response: responses({ 200: UserResponse, 304: NOT_MODIFIED }, ...REFUSALS),
      },
    },
    async (request) => one(request, await readUser(context, request.requester, request.params.id)),
  );
  app.patch(
    '/users/:id',
    {
      config: { operation: 'users.change', target: 'account' },
      schema: {
        summary: 'Change a user',
        tags,
        params: IdParam,
        body: UserPatch,
        response: responses({ 200: UserResponse }, ...REFUSALS, 'conflicting', 'changed', 'last_admin'),
      },
    },
    async (request) => ({
      ...one(
        request,
        await changeUser(context, request.requester, request.params.id, {
          ...request.body,
          version: acceptedVersions(request, request.body.version),
        }),
      ),
      ignored: ignoredProps('admin', request.body.props),
    }),
  );
  app.delete(
    '/users/:id',
    {
      config: { operation: 'users.delete', target: 'account' },
      schema: {
        summary: 'Delete a user',
        tags,
        params: IdParam,
        response: responses({ 200: StatusResponse }, ...REFUSALS, 'conflicting', 'changed', 'last_admin'),
      },
    },
    async (request) => {
      await removeUser(context, request.requester, request.params.id, acceptedVersions(request));
      return { status: 'ok' };
    },
  );
};
