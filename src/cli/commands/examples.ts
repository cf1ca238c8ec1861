/** Examples of each command, by its words: the command line and its effect. */
export const EXAMPLES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  start: [
    ['dashboard start -f ./project -p 8443', 'in another folder, on another port'],
    ['dashboard start --cred-file admin.txt', 'unattended'],
    ['dashboard start --local -p 8443', 'without a container engine'],
    ['dashboard start --apply -e NVFL_LOG_LEVEL=debug', 'with another setting than it runs with'],
  ],
  stop: [
    ['dashboard stop', 'the dashboard of the current folder'],
    ['dashboard stop --name study-2', 'another one, from any folder'],
  ],
  status: [
    ['dashboard status', 'once'],
    ['dashboard status --watch', 'again every 2 s'],
    ['dashboard status --json', 'for scripts; exit code 1 unless it responds'],
  ],
  list: [['dashboard list', 'all dashboards of this host']],
  logs: [
    ['dashboard logs --since 1h', 'the last hour'],
    ['dashboard logs -f --tail 20', 'the last lines and all new ones, also after a restart'],
    ['dashboard logs --raw', 'JSON lines, for other programs'],
  ],
  restart: [
    ['dashboard restart', 'with the settings it has'],
    ['dashboard restart -p 9443 --passphrase-file pp.txt', 'on another port, without sealing it'],
  ],
  upgrade: [
    ['dashboard upgrade', 'to the version of this command'],
    ['dashboard upgrade -i registry.example.org/nvflare-dashboard:0.2.0', 'to an image'],
  ],
  plan: [['dashboard plan -p 9443', 'what `start --apply -p 9443` would change']],
  config: [
    ['dashboard config', 'every setting with where it comes from'],
    ['dashboard config --schema', 'what dashboard.yaml can contain'],
  ],
  'service install': [
    ['dashboard service install --user', 'a systemd service of this user'],
    ['sudo dashboard service install -f /srv/study', 'a system service'],
    ['dashboard service install --quadlet --print', 'only print a Podman quadlet'],
    ['dashboard service install --passphrase-file /etc/dashboard.pass', 'unsealed after every boot'],
  ],
  'service uninstall': [['dashboard service uninstall --user', 'ends and removes it; the project stays']],
  open: [['dashboard open', 'in the browser, or print the address']],
  reset: [['dashboard reset', 'sets the project aside after a question']],
  backup: [
    ['dashboard backup /var/backups/', 'named after the time'],
    ['dashboard backup - | ssh host "cat > dashboard.tar.gz"', 'to another host'],
  ],
  restore: [
    ['dashboard restore dashboard.tar.gz', 'into the current folder'],
    ['dashboard restore --check dashboard.tar.gz', 'only a drill'],
  ],
  'database move': [['dashboard database move --to postgres', 'to the one that DATABASE_URL names']],
  import: [['dashboard import project.yml --state workspace/state', 'with the root CA of its kits']],
  'admin reset': [['dashboard admin reset admin@example.org', 'a new password, shown once']],
  'passphrase change': [
    ['dashboard passphrase change', 'asks for both'],
    [
      'dashboard passphrase change --passphrase-file old.txt --new-passphrase-file new.txt',
      'unattended, together with --cred',
    ],
  ],
  'request submit': [['dashboard request submit site-1.request.zip', 'of nvflare cert request']],
  'request list': [['dashboard request list --pending', 'those that wait for a decision']],
  'request approve': [['dashboard request approve site-1', 'signs the certificate']],
  'request reject': [['dashboard request reject site-1 --reason "Ask for the other host."', 'says why']],
  'request fetch': [['dashboard request fetch site-1 -o kits', 'site-1.signed.zip']],
  reissue: [
    ['dashboard reissue fed_learn_port=9002', 'which kits another port changes'],
    ['dashboard reissue --outdated', 'whose kits are not what they would be now'],
    ['dashboard reissue server1=new.example.org --role lead@example.org=member --confirm VERSION', 'does it'],
  ],
  'root show': [['dashboard root show', 'what the freeze will take']],
  'root import': [
    [
      'dashboard root import root.pem root.key --key-passphrase-file pp.txt',
      'an own root CA, whose key is encrypted',
    ],
    ['dashboard root import root.p12 --key-passphrase-file pp.txt', 'certificate and key in a PKCS#12 file'],
  ],
  'root request': [['dashboard root request -o root.csr', 'for the CA of the hospital to sign']],
  'root accept': [['dashboard root accept chain.pem', 'what the CA of the hospital issued']],
  'root renew': [
    ['dashboard root renew --valid-days 1800', 'who needs the next kit'],
    ['dashboard root renew --valid-days 1800 --confirm VERSION', 'renews it'],
  ],
  'root progress': [['dashboard root progress', 'how far the renewal has come']],
  'root discard': [['dashboard root discard', 'the freeze generates a root CA after all']],
  'audit head': [['dashboard audit head', 'where the log ends, to keep elsewhere']],
  'audit verify': [
    ['dashboard audit verify --head head.txt', 'every row, and that an earlier head is still there'],
  ],
  'tls acme': [
    ['dashboard tls acme --domain dashboard.example.org --email it@example.org', "from Let's Encrypt"],
    ['dashboard tls acme --domain dash.example.org --challenge tls-alpn-01', 'over port 443'],
  ],
  'tls renew': [['dashboard tls renew', 'daily, from a timer']],
  'tls self-signed': [['dashboard tls self-signed dashboard.example.org', 'for this name and localhost']],
  doctor: [
    ['dashboard doctor', 'everything a start needs, and what runs'],
    ['dashboard doctor --bundle support.tar.gz', 'an archive for support, redacted'],
  ],
  unseal: [['dashboard unseal --passphrase-file pp.txt', 'asks for the log-in']],
  'image build': [['dashboard image build --base-image registry.example.org/node:24', 'on another base']],
  'image pull': [['dashboard image pull registry.example.org/nvflare-dashboard:0.1.0', '']],
  'image save': [['dashboard image save dashboard.tar', 'to carry it to a host without a network']],
  'image load': [['dashboard image load dashboard.tar', 'on that host']],
  login: [
    ['dashboard login --url https://dashboard.example.org', 'asks for e-mail and password'],
    ['dashboard login --scope read,kits --days 7', 'a token that may do less'],
  ],
  logout: [['dashboard logout', 'revokes the token']],
  'project get': [['dashboard project get server1 frozen', '']],
  'project set': [['dashboard project set server1=fl.example.org', '']],
  'project freeze': [['dashboard project freeze --yes', 'without the question']],
  'organizations list': [['dashboard organizations list', '']],
  'organizations add': [
    [
      'dashboard organizations add "Universitätsklinikum Hamburg-Eppendorf" --contacts "it@uke.example.org"',
      'certificates then say Universitaetsklinikum_Hamburg_Eppendorf',
    ],
  ],
  'organizations change': [
    ['dashboard organizations change hospital --display-name "Hospital of the North"', ''],
  ],
  'organizations rename': [
    ['dashboard organizations rename hospital Hospital_North', 'before certificates exist'],
  ],
  'organizations merge': [
    ['dashboard organizations merge Hospital_A1 --into Hospital_A', 'shows what moves, and asks'],
    ['dashboard organizations merge Hospital_A1 --into Hospital_A --yes --json', ''],
  ],
  invite: [
    ['dashboard invite lead@example.org --organization hospital --role lead', ''],
    ['dashboard invite --uses 10 --organization hospital -o links.txt', 'one link for ten people'],
  ],
  'invitations list': [['dashboard invitations list --json', 'who invited whom, and who came']],
  'invitations renew': [['dashboard invitations renew lead@example.org --days 30', '']],
  'invitations revoke': [['dashboard invitations revoke lead@example.org', '']],
  'users list': [['dashboard users list --pending', 'who waits for a decision']],
  'users approve': [['dashboard users approve lead@example.org member@example.org', '']],
  'users deny': [['dashboard users deny lead@example.org --reason "not of this study"', '']],
  'users add': [['dashboard users add lead@example.org --organization hospital --role lead --approve', '']],
  'sites list': [['dashboard sites list --json', 'for scripts']],
  'sites approve': [['dashboard sites approve site-1 site-2', '']],
  'sites deny': [['dashboard sites deny site-3 --reason "unknown"', '']],
  'sites add': [
    ['dashboard sites add site-4 --organization hospital --gpus 2 --memory 24', ''],
    ['dashboard sites add relay-1 --relay relay.example.org:8102', 'a relay'],
    ['dashboard sites add site-5 --through relay-1', 'a site that connects to it'],
  ],
  'kit get': [
    ['dashboard kit get site-1 --pin-file pin.txt', 'a site'],
    ['dashboard kit get lead@example.org -o kits', 'a person, into a folder'],
  ],
  'mail test': [['dashboard mail test it@example.org', 'exit code 1 unless the mail server takes it']],
  'webhooks list': [['dashboard webhooks list --json', 'with what waits and what failed']],
  'webhooks add': [
    [
      'dashboard webhooks add it --endpoint https://it.example.org/flare --secret-file it.secret',
      'signed JSON',
    ],
    ['dashboard webhooks add chat --format slack --endpoint-file slack.url', 'a text for a channel'],
  ],
  'webhooks test': [['dashboard webhooks test it', 'exit code 1 unless it is taken']],
  'webhooks log': [['dashboard webhooks log it', 'what became of each message']],
  'webhooks renew-secret': [['dashboard webhooks renew-secret it --secret-file new.secret', '']],
  'webhooks pause': [['dashboard webhooks pause it', '']],
  'webhooks resume': [['dashboard webhooks resume it', '']],
  'webhooks remove': [['dashboard webhooks remove it', '']],
  'enrolment create': [
    ['dashboard enrolment create wards --organization hospital --names "ward-*" --uses 20 -o token.txt', ''],
  ],
  'enrolment list': [['dashboard enrolment list', 'with uses and last use']],
  'enrolment end': [['dashboard enrolment end wards', 'enrols nothing any more']],
  apply: [
    ['dashboard apply --check study.yaml', 'what would change'],
    ['dashboard apply study.yaml --passwords new-users.txt', ''],
  ],
  export: [['dashboard export', 'the project as `apply` reads it']],
  completion: [
    ['source <(dashboard completion bash)', 'for this shell; zsh alike'],
    ['dashboard completion fish > ~/.config/fish/completions/dashboard.fish', 'for good'],
  ],
  version: [['dashboard version --json', 'with the version of Node, for scripts']],
  help: [['dashboard help image build', '']],
};

/** The examples of a command, as its help prints them; empty where there are none. */
export const exampleText = (words: string): string => {
  const examples = EXAMPLES[words] ?? [];
  const width = Math.max(0, ...examples.map(([line]) => line.length));
  const lines = examples.map(([line, purpose]) =>
    `  ${purpose === '' ? line : `${line.padEnd(width)}  ${purpose}`}`.trimEnd(),
  );
  return lines.length === 0 ? '' : `\nExamples:\n${lines.join('\n')}`;
};
