import type { NewInvitation } from '../../../contract/api/invitation.ts';
import { isLoopback } from '../../../contract/loopback.ts';
import type { Report } from '../../output/output.ts';
import type { ApiClient } from '../../remote/api-client.ts';
import { writeNewFile } from '../../remote/write-new-file.ts';

/** The part of a link after `#`, which browsers send to no server. */
const linkOf = (origin: string, { token }: Pick<NewInvitation, 'token'>): string =>
  `${origin.replace(/\/$/, '')}/sign-up#invitation=${token}`;

const labelOf = ({ email, uses_left: uses }: NewInvitation): string =>
  email === '' ? `${uses} people` : email;

/** Shows new links, or writes them into a file, one a line. @throws CliError `file_unusable` */
export const linksReport = async (
  invitations: readonly NewInvitation[],
  file: string | undefined,
  api: ApiClient,
): Promise<Report> => {
  const lines = invitations.map((invitation) => `${labelOf(invitation)}: ${linkOf(api.origin, invitation)}`);
  if (file !== undefined) {
    await writeNewFile(file, `${lines.join('\n')}\n`);
  }
  const mailed = invitations.filter((invitation) => invitation.mailed);
  return {
    data: {
      state: 'invited',
      invitations: invitations.map(({ token, ...invitation }) =>
        file === undefined ? { ...invitation, link: linkOf(api.origin, { token }) } : invitation,
      ),
      ...(file === undefined ? {} : { links_file: file }),
    },
    lines: [
      ...(file === undefined ? lines : [`The links are in ${file}.`]),
      'A link approves whoever signs up with it, and is not shown again.',
      ...(mailed.length === 0 ? [] : [`E-mails with them are on their way: ${mailed.length}.`]),
      ...(isLoopback(new URL(api.origin).hostname)
        ? ['People on other hosts need the address they reach the dashboard at: name it with --url.']
        : []),
    ],
  };
};
