/** Situations that a command can meet; with `local`, commands that know --local get it. */
export const SITUATIONS = [
  { name: 'no engine', local: false, needsRoot: false },
  { name: 'a broken dashboard.yaml', local: false, needsRoot: false },
  { name: 'no folder', local: true, needsRoot: false },
  { name: 'no folder but a file', local: true, needsRoot: false },
  { name: 'no database but noise', local: true, needsRoot: false },
  { name: 'the database of a later version', local: true, needsRoot: false },
  { name: 'a read-only file system', local: true, needsRoot: true },
] as const;
export type SituationName = (typeof SITUATIONS)[number]['name'];

/** Exit codes in the situations, one digit each, in their order; and the commands that exit with them. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  '33333333': ['image build', 'image load', 'image pull', 'image save'],
  '33112211': ['reset'],
  '33111111': [
    'mail test',
    'root discard',
    'root progress',
    'root renew',
    'root request',
    'root show',
    'enrolment create',
    'enrolment end',
    'enrolment list',
    'export',
    'invitations list',
    'invitations renew',
    'invitations revoke',
    'kit get',
    'login',
    'logout',
    'open',
    'organizations add',
    'organizations list',
    'organizations merge',
    'organizations rename',
    'passphrase change',
    'project freeze',
    'project get',
    'request approve',
    'request fetch',
    'request list',
    'request reject',
    'sites add',
    'sites approve',
    'sites deny',
    'sites list',
    'status',
    'unseal',
    'upgrade',
    'users add',
    'users approve',
    'users deny',
    'users list',
    'webhooks add',
    'webhooks list',
    'webhooks log',
    'webhooks pause',
    'webhooks remove',
    'webhooks renew-secret',
    'webhooks resume',
    'webhooks test',
  ],
  '33111001': ['logs'],
  '33110001': ['stop'],
  '32111111': ['plan', 'restart', 'start'],
  '22222222': ['invite', 'organizations change', 'project set', 'reissue', 'tls acme'],
  '22112211': ['database move'],
  '12111111': ['service install'],
  '11111111': [
    'root accept',
    'root import',
    'admin reset',
    'apply',
    'doctor',
    'import',
    'request submit',
    'restore',
    'tls renew',
  ],
  '11111011': ['backup'],
  '11111001': ['audit head', 'audit verify'],
  '02000001': ['config'],
  '00110011': ['tls self-signed'],
  '00000000': ['completion', 'help', 'list', 'service uninstall', 'version'],
};

/** Returns the exit code of a command in a situation; undefined for a command that the table lacks. */
export const exitCodeOf = (
  command: string,
  situation: SituationName | 'a folder of another user',
): number | undefined => {
  const [codes] = Object.entries(COMMANDS).find(([, commands]) => commands.includes(command)) ?? [];
  // Of no situation of the list: the last digit.
  const code = codes?.at(SITUATIONS.findIndex(({ name }) => name === situation));
  return code === undefined ? undefined : Number(code);
};
