import { z } from 'zod';
import {
  InvitationsResponse,
  NewInvitationsResponse,
  type InvitationView,
} from '../../../contract/api/invitation.ts';
import { StatusResponse } from '../../../contract/api/response.ts';
import type { Handler } from '../../handler.ts';
import { tableLines } from '../../output/table-lines.ts';
import type { ApiClient } from '../../remote/api-client.ts';
import { connect } from '../../remote/find-connection.ts';
import { REMOTE_ERRORS } from '../../remote/remote-errors.ts';
import { newFilePath } from '../../remote/write-new-file.ts';
import { linksReport } from './new-links.ts';

const PAGE = 1000;

const Raw = z.object({ days: z.number().optional(), output: z.string().optional() });

const listInvitations = async (api: ApiClient): Promise<readonly InvitationView[]> =>
  (await api.call(InvitationsResponse, { path: `/invitations?limit=${PAGE}` })).invitations;

/** @throws CliError `not_found` */
const findInvitation = async (api: ApiClient, word: string): Promise<InvitationView> => {
  const found = (await listInvitations(api)).find(
    ({ id, email }) => id === word || email.toLowerCase() === word.toLowerCase(),
  );
  if (found === undefined) {
    throw REMOTE_ERRORS.notFound({
      what: `There is no invitation ${word}.`,
      advice: 'See `dashboard invitations list`.',
    });
  }
  return found;
};

const stateOf = ({ expired, uses_left: uses }: InvitationView): string =>
  uses === 0 ? 'used' : expired ? 'expired' : 'open';

/** `dashboard invitations list` */
export const list: Handler = async (flags, _words, { runtime, signal }) => {
  const invitations = await listInvitations(await connect(flags, runtime, signal));
  const rows = invitations.map((invitation) => [
    invitation.id,
    invitation.email || 'anybody',
    invitation.organization,
    invitation.role,
    stateOf(invitation),
    String(invitation.uses_left),
    invitation.expires_at,
  ]);
  const head = ['ID', 'FOR', 'ORGANIZATION', 'ROLE', 'STATE', 'USES LEFT', 'EXPIRES'];
  return { data: { invitations }, lines: rows.length === 0 ? ['None.'] : tableLines([head, ...rows]) };
};

/** `dashboard invitations renew` */
export const renew: Handler = async (flags, [word = ''], { runtime, signal }) => {
  const { days, output } = Raw.parse(flags);
  const file = newFilePath(output, runtime.cwd);
  const api = await connect(flags, runtime, signal);
  const { id } = await findInvitation(api, word);
  const { invitations } = await api.call(NewInvitationsResponse, {
    method: 'POST',
    path: `/invitations/${id}/renew`,
    body: days === undefined ? {} : { expires_in_days: days },
  });
  return linksReport(invitations, file, api);
};

/** `dashboard invitations revoke` */
export const revoke: Handler = async (flags, [word = ''], { runtime, signal }) => {
  const api = await connect(flags, runtime, signal);
  const { id, email } = await findInvitation(api, word);
  await api.call(StatusResponse, { method: 'DELETE', path: `/invitations/${id}` });
  return {
    data: { state: 'revoked', invitation: id },
    lines: [`Revoked: ${email || id}. Its link counts no more.`],
  };
};
