import type { BackupSchedule } from '../../../contract/backup-state.ts';
import { EXIT } from '../../exit-codes.ts';
import { formatBytes } from '../../output/format-bytes.ts';
import { formatDuration } from '../../output/format-duration.ts';
import type { Report } from '../../output/output.ts';
import type { CertificateFacts, StatusFacts } from './status-facts.ts';

const certificateText = ({ subject, notAfter, daysLeft }: CertificateFacts): string =>
  `${subject}, ${daysLeft < 0 ? 'expired on' : 'valid to'} ${notAfter.slice(0, 10)}` +
  (daysLeft < 0 ? '' : ` (${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} left)`);

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

const projectText = ({ condition, waiting }: StatusFacts): string => {
  const frozen = condition === undefined ? undefined : condition.frozen ? 'frozen' : 'not frozen yet';
  const queue =
    waiting === undefined
      ? undefined
      : `waiting for approval: ${count(waiting.users, 'person', 'people')}, ${count(waiting.sites, 'site', 'sites')}`;
  return [frozen, queue].filter((part) => part !== undefined).join('; ');
};

const ROOT_KEY_TEXTS = {
  clear: 'in the database, without a passphrase',
  encrypted: 'in the database, under a passphrase',
  token: 'in a hardware token',
} as const;

const expiryText = ({ expiry }: StatusFacts): string | undefined => {
  if (expiry?.root === undefined) {
    return undefined;
  }
  const { root, first, soon, expired } = expiry;
  return [
    `root CA ${root.slice(0, 10)}`,
    ...(first === undefined ? [] : [`first certificate ${first.at.slice(0, 10)} (${first.name})`]),
    ...(soon > 0 ? [`${count(soon, 'certificate', 'certificates')} within 30 days`] : []),
    ...(expired > 0 ? [`${expired} expired`] : []),
  ].join('; ');
};

const versionText = ({ condition, packageVersion, image, kind }: StatusFacts): string => {
  const running = condition?.version ?? 'unknown';
  const other =
    condition !== undefined && running !== packageVersion ? `, this command ${packageVersion}` : '';
  return `${running}${other}, ${kind === 'process' ? 'a plain process' : `in a container of ${image ?? 'an image'}`}`;
};

const headline = (facts: StatusFacts): string => {
  if (facts.state === 'running') {
    return `Running: ${facts.url ?? ''}`;
  }
  return facts.state === 'exited'
    ? `The dashboard ${facts.name ?? ''} has exited with code ${facts.exitCode ?? 0}; \`dashboard logs\` says why, \`dashboard restart\` starts it.`
    : [facts.reason, facts.advice].filter((part) => part !== undefined).join(' ');
};

const scheduleText = ({ everyMs, keep, folder, encrypted, failed }: BackupSchedule): string =>
  `a backup every ${formatDuration((everyMs ?? 0) / 1000)} into ${folder}, ${encrypted ? 'encrypted' : 'not encrypted'}, the last ${keep} kept${
    failed === undefined ? '' : `; the newest failed: ${failed.reason}`
  }`;

const detailLines = (facts: StatusFacts): readonly string[] => {
  const { certificate, condition, lastBackup, backupSchedule, loggedWarnings, restarts, uptimeSeconds } =
    facts;
  const project = projectText(facts);
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Folder', facts.folder ?? 'unknown'],
    ['Mode', facts.mode?.toUpperCase()],
    ['Certificate', certificate === undefined ? undefined : certificateText(certificate)],
    ['Version', condition === undefined && facts.kind === 'process' ? undefined : versionText(facts)],
    [
      'Up for',
      uptimeSeconds === undefined
        ? undefined
        : `${formatDuration(uptimeSeconds)}${restarts === undefined || restarts === 0 ? '' : `, restarted ${restarts} times by the engine`}`,
    ],
    ['Project', project === '' ? undefined : project],
    ['Expiry', expiryText(facts)],
    ['Root key', facts.expiry?.rootKey === undefined ? undefined : ROOT_KEY_TEXTS[facts.expiry.rootKey]],
    ['Sealed', condition?.sealed === true ? 'kits wait for the passphrase (dashboard unseal)' : undefined],
    [
      'Backup',
      lastBackup === undefined
        ? undefined
        : `${lastBackup.at.slice(0, 16).replace('T', ' ')} UTC, ${formatBytes(lastBackup.bytes)}, ${lastBackup.file}`,
    ],
    ['Schedule', backupSchedule === undefined ? undefined : scheduleText(backupSchedule)],
    [
      'Warned',
      condition !== undefined && condition.warnings > 0
        ? `${condition.warnings} at its start (dashboard logs)`
        : undefined,
    ],
    ...loggedWarnings.map((text) => ['Warning', text] as const),
  ];
  return rows.flatMap(([label, text]) => (text === undefined ? [] : [`  ${`${label}:`.padEnd(12)} ${text}`]));
};

/** Returns what `dashboard status` says of one dashboard. */
export const statusReport = (facts: StatusFacts): Report => {
  const { condition, ...others } = facts;
  const { warnings: startWarnings, ...conditions } = condition ?? { warnings: undefined };
  return {
    data: { ...others, ...conditions, startWarnings },
    lines: [headline(facts), ...detailLines(facts)],
    ...(facts.state === 'running' ? {} : { exitCode: EXIT.failed }),
  };
};
