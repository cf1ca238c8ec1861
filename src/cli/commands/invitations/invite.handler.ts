import { z } from 'zod';
import { NewInvitationsResponse } from '../../../contract/api/invitation.ts';
import { INVITED_ROLES } from '../../../contract/invitation-limits.ts';
import { MAIL_LANGUAGES } from '../../../contract/languages.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { Handler } from '../../handler.ts';
import { connect } from '../../remote/find-connection.ts';
import { newFilePath } from '../../remote/write-new-file.ts';
import { linksReport } from './new-links.ts';

const Raw = z.object({
  organization: z.string(),
  role: z.enum(INVITED_ROLES).default('member'),
  days: z.number().optional(),
  uses: z.number().optional(),
  language: z.enum(MAIL_LANGUAGES).optional(),
  output: z.string().optional(),
});

/** `dashboard invite` */
export const invite: Handler = async (flags, emails, { runtime, signal }) => {
  const { organization, role, days, uses, language, output } = Raw.parse(flags);
  if ((emails.length === 0) === (uses === undefined)) {
    throw CLI_ERRORS.usage({
      what: 'Give the e-mail addresses of those to invite, or --uses for one link that several people share.',
      command: 'invite',
    });
  }
  const file = newFilePath(output, runtime.cwd);
  const api = await connect(flags, runtime, signal);
  const { invitations } = await api.call(NewInvitationsResponse, {
    method: 'POST',
    path: '/invitations',
    body: {
      organization,
      role,
      ...(uses === undefined ? { emails } : { uses }),
      ...(days === undefined ? {} : { expires_in_days: days }),
      ...(language === undefined ? {} : { language }),
    },
  });
  return linksReport(invitations, file, api);
};
