import { z } from 'zod';
import { OrganizationResponse, type OrganizationView } from '../../../contract/api/organization.ts';
import { StatusResponse } from '../../../contract/api/response.ts';
import { findPerson } from '../../backend/admin-call.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { CommandContext, Flags, Handler } from '../../handler.ts';
import { isAttended } from '../../runtime.ts';
import { requireCredential } from '../../settings/credential.ts';
import { ApiClient } from '../../remote/api-client.ts';
import { findAddress } from '../../remote/find-connection.ts';
import { openSession } from '../../remote/open-session.ts';
import { organizationPath, readOrganization } from '../../remote/organizations.ts';

const Raw = z.object({
  into: z.string().optional(),
  cred: z.string().optional(),
  yes: z.boolean().optional(),
  json: z.boolean().optional(),
});

/** Works with a session of its own, which it ends: an access token is not enough to merge. */
const inSession = async <T>(
  flags: Flags,
  context: CommandContext,
  work: (api: ApiClient) => Promise<T>,
): Promise<T> => {
  const { origin, trust } = await findAddress(flags, context.runtime);
  const person = await findPerson(Raw.parse(flags).cred, context);
  const stranger = new ApiClient({ origin, trust, token: undefined }, context.signal);
  const { access_token: token } = await openSession(stranger, person, context);
  const api = new ApiClient({ origin, trust, token }, context.signal);
  try {
    return await work(api);
  } finally {
    await api.call(StatusResponse, { method: 'POST', path: '/logout' }).catch(() => undefined);
  }
};

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const planLines = (from: OrganizationView, into: OrganizationView): readonly string[] => [
  `${from.name} (${from.display_name || 'no display name'}) → ${into.name} (${into.display_name || 'no display name'})`,
  `  ${counted(from.users, 'person', 'people')} and ${counted(from.sites, 'site', 'sites')} move, with open invitations; ${from.name} is removed.`,
  ...(from.certificates === 0
    ? []
    : [
        `  It cannot be done: ${counted(from.certificates, 'certificate carries', 'certificates carry')} the name ${from.name}.`,
      ]),
];

const isConfirmed = async (yes: boolean, { runtime }: CommandContext, plan: readonly string[]) => {
  if (yes || !isAttended(runtime)) {
    return yes;
  }
  const { askConfirmation } = await import('../../prompts/prompts.ts');
  return askConfirmation(runtime, `${plan.join('\n')}\nMerge them?`);
};

/** `dashboard organizations merge`: shows what moves, and does it once confirmed. */
export const merge: Handler = (flags, [name = ''], context) => {
  const { into, cred, yes = false, json = false } = Raw.parse(flags);
  requireCredential(cred, '--cred');
  if (into === undefined) {
    throw CLI_ERRORS.usage({
      what: '--into names the organization that stays.',
      command: 'organizations merge',
    });
  }
  return inSession(flags, context, async (api) => {
    const [from, target] = await Promise.all([readOrganization(api, name), readOrganization(api, into)]);
    const plan = planLines(from, target);
    if (from.certificates > 0 || !(json ? yes : await isConfirmed(yes, context, plan))) {
      return {
        data: { state: 'planned', from, into: target },
        lines: [...plan, 'Nothing was changed. --yes merges them without a question.'],
        ...(yes ? { exitCode: 1 } : {}),
      };
    }
    const { organization } = await api.call(OrganizationResponse, {
      method: 'POST',
      path: `${organizationPath(name)}/merge`,
      body: { into },
    });
    return {
      data: { state: 'merged', from, organization },
      lines: [
        `${from.name} is merged into ${organization.name}: ${counted(organization.users, 'person', 'people')}, ${counted(organization.sites, 'site', 'sites')}.`,
      ],
    };
  });
};
