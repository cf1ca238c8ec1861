import { z } from 'zod';
import type { Handler } from '../../handler.ts';
import { tableLines } from '../../output/table-lines.ts';
import { connect } from '../../remote/find-connection.ts';
import { decide, findAll, listUsers, stateOf } from '../../remote/participants.ts';

const Raw = z.object({ pending: z.boolean().optional(), reason: z.string().optional() });

/** `dashboard users list` */
export const list: Handler = async (flags, _words, { runtime, signal }) => {
  const { pending = false } = Raw.parse(flags);
  const users = (await listUsers(await connect(flags, runtime, signal))).filter(
    (user) => !pending || stateOf(user) === 'pending',
  );
  const rows = users.map((user) => [user.email, user.organization, user.role, stateOf(user)]);
  return {
    data: { users },
    lines:
      users.length === 0 ? ['None.'] : tableLines([['E-MAIL', 'ORGANIZATION', 'ROLE', 'STATE'], ...rows]),
  };
};

/** `dashboard users approve` */
export const approve: Handler = async (flags, words, { runtime, signal }) => {
  const api = await connect(flags, runtime, signal);
  return decide(api, { decision: 'approve', users: findAll(await listUsers(api), words, 'user') });
};

/** `dashboard users deny` */
export const deny: Handler = async (flags, words, { runtime, signal }) => {
  const { reason } = Raw.parse(flags);
  const api = await connect(flags, runtime, signal);
  return decide(api, { decision: 'deny', users: findAll(await listUsers(api), words, 'user'), reason });
};
