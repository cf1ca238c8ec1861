import { IdParam, ListQuery, StatusAnswer } from '../../domain/api/answer.ts';
import { UserAnswer, UserCreate, UserPatch, UsersAnswer, type UserView } from '../../domain/api/user.ts';
import { answers } from '../answers.ts';
import type { Routes } from '../app-types.ts';
import { changeUser } from '../services/change-user.ts';
import { signUp } from '../services/sign-up.ts';
import { findUsers, readUser, removeUser } from '../services/users.ts';

const REFUSALS = ['invalid', 'unauthorized', 'not_approved', 'not_found'] as const;

/** /users and /users/{id}; under the older prefix the answers carry the first contract's key names as well. */
export const userRoutes: Routes = (app, context) => {
  const older = app.prefix === '/api/v1';
  const one = (user: UserView) => ({ status: 'ok', user, ...(older ? { client: user } : {}) });
  const tags = ['users'];
  app.post(
    '/users',
    {
      config: { operation: 'users.sign_up' },
      schema: {
        summary: 'Sign up',
        tags,
        body: UserCreate,
        response: answers({ 201: UserAnswer }, 'invalid', 'unauthorized', 'conflicting'),
      },
    },
    async (request, reply) => reply.code(201).send(one(await signUp(context, request.asker, request.body))),
  );
  app.get(
    '/users',
    {
      config: { operation: 'users.list', keep: true },
      schema: {
        summary: 'List users',
        tags,
        querystring: ListQuery,
        response: answers({ 200: UsersAnswer }, ...REFUSALS),
      },
    },
    async (request) => {
      const { users, total } = await findUsers(context, request.asker, request.query);
      return { status: 'ok', user_list: users, ...(older ? { client_list: users } : {}), total };
    },
  );
  app.get(
    '/users/:id',
    {
      config: { operation: 'users.read', keep: true },
      schema: {
        summary: 'One user',
        tags,
        params: IdParam,
        response: answers({ 200: UserAnswer }, ...REFUSALS),
      },
    },
    async (request) => one(await readUser(context, request.asker, request.params.id)),
  );
  app.patch(
    '/users/:id',
    {
      config: { operation: 'users.change' },
      schema: {
        summary: 'Change a user',
        tags,
        params: IdParam,
        body: UserPatch,
        response: answers({ 200: UserAnswer }, ...REFUSALS, 'conflicting', 'last_admin'),
      },
    },
    async (request) => one(await changeUser(context, request.asker, request.params.id, request.body)),
  );
  app.delete(
    '/users/:id',
    {
      config: { operation: 'users.delete' },
      schema: {
        summary: 'Delete a user',
        tags,
        params: IdParam,
        response: answers({ 200: StatusAnswer }, ...REFUSALS, 'conflicting', 'last_admin'),
      },
    },
    async (request) => {
      await removeUser(context, request.asker, request.params.id);
      return { status: 'ok' };
    },
  );
};
