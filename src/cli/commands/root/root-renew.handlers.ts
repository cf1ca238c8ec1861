import { resolve } from 'node:path';
import {
  RootPlanResponse,
  RootProgressResponse,
  type RenewalParticipant,
  type RootPlan,
  type RootProgress,
} from '../../../contract/api/root-renewal.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { CommandContext, Flags, Handler } from '../../handler.ts';
import type { Report } from '../../output/output.ts';
import { call, readCertificate, readFlags } from './root-calls.ts';

const VERSION = /^[0-9a-f]{64}$/;
const MAX_DAYS = 36_500;

const usage = (what: string) => CLI_ERRORS.usage({ what, command: 'root renew' });

const renewalOf = async (flags: Flags, { runtime }: CommandContext): Promise<object> => {
  const { validDays, certificate, confirm } = readFlags(flags);
  const days = validDays === undefined ? undefined : Number(validDays);
  if (days !== undefined && !(Number.isInteger(days) && days >= 1 && days <= MAX_DAYS)) {
    throw usage(`--valid-days takes a number of days from 1 to ${MAX_DAYS}.`);
  }
  if (confirm !== undefined && !VERSION.test(confirm)) {
    throw usage('--confirm takes the version that the plan printed.');
  }
  return {
    ...(days === undefined ? {} : { valid_days: days }),
    ...(certificate === undefined
      ? {}
      : { certificate: await readCertificate(resolve(runtime.cwd, certificate)) }),
  };
};

const line = ({ kind, name, organization, key_origin: origin }: RenewalParticipant): string =>
  `  ${kind} ${name}${organization === '' ? '' : ` (${organization})`}${origin === 'site' ? ', own key' : ''}`;

const progressLines = ({ root, earlier, total, renewed, waiting }: RootProgress): readonly string[] => [
  `Root CA: SHA256:${root.fingerprint_sha256}, valid to ${root.not_after}`,
  ...(earlier === undefined
    ? []
    : [
        `Before:  SHA256:${earlier.fingerprint_sha256}, valid to ${earlier.not_after}`,
        `With the present one: ${renewed} of ${total}.`,
        ...(waiting.length === 0 ? [] : ['Still with the one of before:', ...waiting.map(line)]),
      ]),
];

const planLines = ({ version, before, not_after: after, kits, request }: RootPlan): readonly string[] => [
  `The root CA is valid to ${before.not_after}; the next certificate, for the same key, to ${after}.`,
  'Kits of before keep working with those of after until then. Everybody needs the next kit by then:',
  ...kits.map(line),
  ...(request === undefined
    ? []
    : ['Another CA signed it: have it sign this request, and give --certificate FILE.', request.trimEnd()]),
  'Nothing was changed. To do exactly this, run the same command with:',
  `--confirm ${version}`,
];

const progressReport = async (
  flags: Flags,
  context: CommandContext,
  request: Parameters<typeof call>[2],
): Promise<Report> => {
  const { renewal } = RootProgressResponse.parse(await call(flags, context, request));
  return { data: { renewal }, lines: progressLines(renewal) };
};

/** `dashboard root progress` */
export const rootProgress: Handler = (flags, _words, context) =>
  progressReport(flags, context, { method: 'GET', path: '/ca/renewal' });

/** `dashboard root renew`: without --confirm it only prints the plan. */
export const renewRoot: Handler = async (flags, _words, context) => {
  const body = await renewalOf(flags, context);
  const { confirm } = readFlags(flags);
  if (confirm !== undefined) {
    return progressReport(flags, context, { path: '/ca/renewal', body: { ...body, version: confirm } });
  }
  const { plan } = RootPlanResponse.parse(await call(flags, context, { path: '/ca/renewal/plan', body }));
  return { data: { state: 'planned', plan }, lines: planLines(plan) };
};
