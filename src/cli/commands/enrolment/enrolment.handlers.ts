import { z } from 'zod';
import {
  EnrolmentTokenResponse,
  EnrolmentTokensResponse,
  type EnrolmentTokenView,
} from '../../../contract/api/enrolment.ts';
import { StatusResponse } from '../../../contract/api/response.ts';
import type { Handler } from '../../handler.ts';
import { tableLines } from '../../output/table-lines.ts';
import type { ApiClient } from '../../remote/api-client.ts';
import { connect } from '../../remote/find-connection.ts';
import { REMOTE_ERRORS } from '../../remote/remote-errors.ts';
import { newFilePath, writeNewFile } from '../../remote/write-new-file.ts';

const Create = z.object({
  organization: z.string(),
  names: z.string(),
  uses: z.number().optional(),
  days: z.number().optional(),
  atOnce: z.boolean().default(false),
  output: z.string().optional(),
});

/** `dashboard enrolment create` */
export const create: Handler = async (flags, [name = ''], { runtime, signal }) => {
  const { organization, names, uses, days, atOnce, output } = Create.parse(flags);
  const file = newFilePath(output, runtime.cwd);
  const api = await connect(flags, runtime, signal);
  const { enrolment_token: created, token } = await api.call(EnrolmentTokenResponse, {
    method: 'POST',
    path: '/enrolment-tokens',
    body: {
      name,
      organization,
      name_pattern: names,
      approval: atOnce ? 'at_once' : 'pending',
      ...(uses === undefined ? {} : { uses }),
      ...(days === undefined ? {} : { expires_in_days: days }),
    },
  });
  if (file !== undefined) {
    await writeNewFile(file, `${token}\n`);
  }
  return {
    data: {
      state: 'created',
      enrolment_token: created,
      ...(file === undefined ? { token } : { token_file: file }),
    },
    lines: [
      `Created: ${created.name}, for ${created.max_uses} of ${names} of ${organization}, until ${created.expires_at}.`,
      file === undefined ? `Token: ${token}` : `The token is in ${file}.`,
      'It is not shown again.',
    ],
  };
};

const listTokens = async (api: ApiClient): Promise<readonly EnrolmentTokenView[]> =>
  (await api.call(EnrolmentTokensResponse, { path: '/enrolment-tokens' })).enrolment_tokens;

/** `dashboard enrolment list` */
export const list: Handler = async (flags, _words, { runtime, signal }) => {
  const tokens = await listTokens(await connect(flags, runtime, signal));
  const rows = tokens.map((token) => [
    token.name,
    token.organization,
    token.name_pattern,
    `${token.uses} of ${token.max_uses}`,
    token.state,
    token.expires_at,
    token.last_used_at ?? 'never',
  ]);
  const head = ['NAME', 'ORGANIZATION', 'SITES', 'USES', 'STATE', 'EXPIRES', 'LAST USE'];
  return {
    data: { enrolment_tokens: tokens },
    lines: rows.length === 0 ? ['None.'] : tableLines([head, ...rows]),
  };
};

/** `dashboard enrolment end` */
export const end: Handler = async (flags, [word = ''], { runtime, signal }) => {
  const api = await connect(flags, runtime, signal);
  const found = (await listTokens(api)).find(
    ({ id, name }) => id === word || name.toLowerCase() === word.toLowerCase(),
  );
  if (found === undefined) {
    throw REMOTE_ERRORS.notFound({
      what: `There is no enrolment token ${word}.`,
      advice: 'See `dashboard enrolment list`.',
    });
  }
  await api.call(StatusResponse, { method: 'DELETE', path: `/enrolment-tokens/${found.id}` });
  return {
    data: { state: 'ended', enrolment_token: found.id },
    lines: [`Ended: ${found.name}. It enrols nothing any more.`],
  };
};
