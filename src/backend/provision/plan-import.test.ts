import { describe, expect, test } from '@jest/globals';
import { planImport } from './plan-import.ts';

const participants = (more = ''): string => `participants:
  - {name: hub.uni-a.example.org, type: server, org: UniA, fed_learn_port: 8002, host_names: [fl.example.org]}
  - {name: UNIA_1, type: client, org: UniA}
  - {name: first.last@uni-a.example.org, type: admin, org: UniA, role: project_admin}
${more}`;
const project = (more = '', head = ''): string => `api_version: 3
name: heart_1.0-dev.260718.abc1234_allsites
description: Heart MRI study
${head}
${participants(more)}`;
const linesOf = (text: string): readonly string[] => planImport(text, undefined).notTaken;

test('takes name, server, people and sites, and leaves nothing out of a plain project', () => {
  const { plan, notTaken } = planImport(project(), undefined);
  expect(notTaken).toEqual([]);
  expect(plan).toMatchObject({
    shortName: 'heart_1.0-dev.260718.abc1234_allsites',
    server1: 'hub.uni-a.example.org',
    serverProps: { fed_learn_port: 8002, host_names: ['fl.example.org'] },
    projectProps: { scheme: 'http' },
    sites: [{ name: 'UNIA_1', organization: 'UniA' }],
    users: [{ email: 'first.last@uni-a.example.org', role: 'project_admin' }],
    release: '2.9',
  });
});

test('takes scheme, image and validity from the builders', () => {
  const builders = `builders:
  - path: nvflare.lighter.impl.workspace.WorkspaceBuilder
    args: {template_file: [master_template.yml, aws_template.yml]}
  - path: nvflare.lighter.impl.static_file.StaticFileBuilder
    args: {config_folder: config, scheme: http, docker_image: registry.example.org/site:1}
  - path: nvflare.lighter.impl.cert.CertBuilder
    args: {root_valid_days: 3650}
  - path: nvflare.lighter.impl.signature.SignatureBuilder`;
  const { plan, notTaken } = planImport(project(builders), undefined);
  expect(notTaken).toEqual([]);
  expect(plan).toMatchObject({
    projectProps: { scheme: 'http' },
    appLocation: 'registry.example.org/site:1',
    rootValidDays: 3650,
  });
});

test('takes two servers with their overseer as a project of an older release', () => {
  const more = `  - {name: s2.example.org, type: server, org: UniA, fed_learn_port: 8102}
  - {name: ov.example.org, type: overseer, org: UniA, port: 8444, protocol: https, api_root: /api/v1}`;
  const { plan, notTaken } = planImport(project(more), undefined);
  expect(notTaken).toEqual([]);
  expect(plan).toMatchObject({
    server2: 's2.example.org',
    overseer: 'ov.example.org',
    projectProps: { overseer_port: 8444 },
    release: '2.6',
  });
});

test('reads YAML as PyYAML does', () => {
  const text = `x-site: &site {type: client, org: uni, components: {resource_manager: {args: {num_of_gpus: 4}}}}
allow_log_streaming: no
name: phones
name: tablets
participants:
  - <<: *site
    name: pct
  - {name: server, type: server, org: uni}
  - {name: a@uni.example.org, type: admin, org: uni, role: project_admin}`;
  const { plan, notTaken } = planImport(text, '2.8');
  expect(notTaken).toEqual([]);
  expect(plan).toMatchObject({
    shortName: 'tablets',
    projectProps: { allow_log_streaming: false },
    sites: [{ name: 'pct', capacity: { num_of_gpus: 4 } }],
    release: '2.8',
    releaseChosen: true,
  });
});

test('takes relays with what connects to them, studies and whether jobs must be signed', () => {
  const more = `  - {name: R1, type: relay, org: UniA, listening_host: {scheme: grpc, default_host: r1.uni.org, port: 8102}}
  - {name: C1, type: client, org: UniA, connect_to: {name: R1}}
studies: {lung: {site_orgs: {UniA: [C1]}}, liver: }
builders:
  - {path: nvflare.lighter.impl.static_file.StaticFileBuilder, args: {require_signed_jobs: false}}`;
  const { plan, notTaken } = planImport(project(more), undefined);
  expect(notTaken).toEqual([]);
  expect(plan.sites.map(({ type, name }) => `${type} ${name}`)).toEqual(
    expect.arrayContaining(['relay R1', 'client C1']),
  );
  expect(plan).toMatchObject({
    requireSignedJobs: false,
    studies: { lung: { site_orgs: { UniA: ['C1'] }, admins: [] }, liver: { site_orgs: {}, admins: [] } },
  });
});

describe('what cannot be taken', () => {
  test.each([
    [
      'a relay that says nowhere where it listens',
      '  - {name: R1, type: relay, org: UniA}',
      [
        'relay R1: listening_host is needed: an object with default_host and port, where sites reach the relay',
      ],
    ],
    [
      'a relay in a circle with one that is not taken',
      '  - {name: R1, type: relay, org: UniA, connect_to: {name: R2}, listening_host: {default_host: r1, port: 1}}',
      ['relay R1: its relay R2 is not taken'],
    ],
    [
      'studies of another form',
      'studies: {lung: {sites: [S1]}}',
      ['studies: lung Unrecognized key: "sites"'],
    ],
    [
      'sites below a relay, and below those',
      `  - {name: C1, type: client, org: UniA, connect_to: {name: R1}}
  - {name: C2, type: client, org: UniA, parent: C1}`,
      ['client C1: its relay R1 is not taken', 'client C2: its parent C1 is not taken'],
    ],
    [
      'a name that NVFLARE does not take',
      '  - {name: "ward 3", type: client, org: UniA}',
      ['client ward 3: may hold letters, digits, hyphens and underscores only'],
    ],
    [
      'a site without a name',
      '  - {type: client, org: UniA}',
      ['client without a name: its name is missing'],
    ],
    [
      'a number as a name',
      '  - {name: 7, type: client, org: UniA}',
      ['client 7: its name 7 is not a text; put it in quotes'],
    ],
    [
      'a word that YAML 1.1 reads as false',
      '  - {name: no, type: client, org: UniA}\n  - {name: C1, type: client, org: off}',
      [
        'client false: its name false is not a text; put it in quotes',
        'client C1: its organization false is not a text; put it in quotes',
      ],
    ],
    [
      'people and sites without an organization',
      '  - {name: C1, type: client}\n  - {name: b@uni.example.org, type: admin, role: lead, org: }',
      ['admin b@uni.example.org: its organization is missing', 'client C1: its organization is missing'],
    ],
    [
      'types that NVFLARE does not know',
      '  - {name: C1, org: UniA}\n  - {name: C2, type: Client, org: UniA}',
      ['participant C1: its type is missing', 'Client C2: this type of participant is unknown here'],
    ],
    ['studies that are a list', 'studies: [lung]', ['studies: is not a mapping of studies']],
    [
      'arguments of builders that are of another form',
      `builders:
  - {path: nvflare.lighter.impl.workspace.WorkspaceBuilder, args: [master_template.yml]}
  - {path: nvflare.lighter.impl.cert.CertBuilder, args: {root_valid_days: ten years}}
  - path: nvflare.lighter.impl.static_file.StaticFileBuilder
    args: {docker_image: [a], require_signed_jobs: maybe}`,
      [
        'builder nvflare.lighter.impl.workspace.WorkspaceBuilder: its args are not a mapping',
        'builder nvflare.lighter.impl.cert.CertBuilder: root_valid_days ten years is not a number of days from 1 to 36500',
        'builder nvflare.lighter.impl.static_file.StaticFileBuilder: docker_image ["a"] is not a text',
        'builder nvflare.lighter.impl.static_file.StaticFileBuilder: require_signed_jobs maybe is not true or false',
      ],
    ],
    [
      'an unknown role',
      '  - {name: b@uni.example.org, type: admin, org: UniA, roles: [super]}',
      ['admin b@uni.example.org: the role ["super"] is none of this dashboard\'s'],
    ],
    [
      'an unknown key',
      '  - {name: C1, type: client, org: UniA, enable_byoc: true}',
      ['client C1: enable_byoc is unknown here'],
    ],
    [
      'homomorphic encryption and builders of others',
      `builders:
  - {path: nvflare.lighter.impl.he.HEBuilder, args: {scheme: CKKS}}
  - {path: our.own.Builder}`,
      [
        'builder nvflare.lighter.impl.he.HEBuilder: homomorphic encryption is not set up',
        'builder our.own.Builder: this builder is unknown here',
      ],
    ],
  ])('names %s', (_what, more, lines) => {
    expect(linesOf(project(more))).toEqual(lines);
  });

  test('names unknown keys of the project', () => {
    expect(linesOf(project('', 'conection_security: tls'))).toEqual([
      'project: conection_security is unknown here',
    ]);
  });
});

test('names a form of the file that NVFLARE does not know', () => {
  expect(linesOf(project().replace('api_version: 3', 'api_version: 7'))).toEqual([
    'project: api_version 7 is unknown and read as 3',
  ]);
});

test.each([
  ['a byte order mark', (text: string) => `\ufeff${text}`],
  ['line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
  ['line ends of old Macs', (text: string) => text.replaceAll('\n', '\r')],
  ['a YAML directive and document marks', (text: string) => `%YAML 1.1\n---\n${text}...\n`],
])('takes a file with %s', (_what, written) => {
  const { plan, notTaken } = planImport(written(project()), undefined);
  expect(notTaken).toEqual([]);
  expect(plan.sites.map(({ name }) => name)).toEqual(['UNIA_1']);
});

test.each([
  ['no YAML', 'name: [', /cannot be imported/],
  ['two documents', 'name: a\n---\nname: b', /several documents/],
  ['a tag of Python', 'name: !!python/object:os.system x', /tag such as !!python .* line 1/],
  ['a tag of its own', 'name: a\ndescription: !secret b', /tag .* line 2/],
  ['a value that contains itself', 'name: a\ndescription: &d {a: *d}', /contains itself at line 2/],
  ['an alias without an anchor', 'name: *nobody', /no anchor before it at line 1/],
  ['a merge of a list', 'name: a\n<<: [1, 2]', /aliases or merge keys cannot be resolved/],
  ['brackets without end', `name: ${'['.repeat(20_000)}`, /not YAML at line 1/],
  ['a list', '- name: a', /not a YAML mapping/],
  ['no name', participants(), /has no name/],
  ['no server', 'name: a\nparticipants: []', /has no server/],
  [
    'no project admin',
    'name: a\nparticipants: [{name: s, type: server, org: o}]',
    /no admin with the role project_admin/,
  ],
])('rejects a file with %s', (_what, text, message) => {
  expect(() => planImport(text, undefined)).toThrow(message);
});

test('takes an alias for each of many sites, and refuses one that would fill the memory', () => {
  const sites = Array.from(
    { length: 300 },
    (_, index) =>
      `  - {name: site-${index}, type: client, org: &org${index} UniA, connection_security: *level}`,
  ).join('\n');
  const many = project(sites, 'x-level: &level tls');
  expect(planImport(many, undefined).plan.sites).toHaveLength(301);
  const levels = ['a', 'b', 'c', 'd', 'e', 'f'];
  const bomb = levels
    .map((name, index) => {
      const inner = index === 0 ? 'x' : `*${levels[index - 1] ?? ''}`;
      return `x-${name}: &${name} [${Array(9).fill(inner).join(', ')}]`;
    })
    .join('\n');
  expect(() => planImport(project('', bomb), undefined)).toThrow(/aliases/);
});
