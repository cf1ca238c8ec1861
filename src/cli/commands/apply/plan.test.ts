import { describe, expect, it } from '@jest/globals';
import type { UserView } from '../../../contract/api/user.ts';
import { planSteps, type Present } from './plan.ts';
import { ProjectFile } from './project-file.ts';

const user: UserView = {
  id: 7,
  name: 'Anna',
  email: 'anna@clinic.org',
  organization: 'clinic',
  role: 'lead',
  description: '',
  approval_state: 0,
  approval_reason: '',
  download_count: 0,
  created_at: '',
  updated_at: '',
  email_state: 'unasked',
  language: '',
  terms_version: '',
  terms_accepted_at: '',
  version: 'seen',
};

const present: Present = {
  project: {
    frozen: false,
    public: false,
    cc_mode: false,
    short_name: 'lung',
    title: '',
    description: '',
    app_location: '',
    starting_date: '',
    end_date: '',
    server1: 'fl.example.org',
    server2: '',
    overseer: '',
    ha_mode: false,
    num_clients: 0,
    num_orgs: 1,
    num_users: 1,
    target_release: '2.9',
    target_release_origin: 'chosen',
    zip_encryption: 'any',
    require_signed_jobs: null,
    jemalloc: false,
    key_bits: 3072,
    root_valid_days: 3650,
    leaf_valid_days: 360,
    mail: false,
    sign_up: 'invitation',
    sign_up_domains: [],
    contact: '',
    privacy_notice: '',
    terms: '',
    terms_version: '',
    color: '',
    logo: '',
    changeable: [],
  },
  users: [user],
  sites: [],
  organizations: [
    {
      name: 'clinic',
      display_name: 'Clinic',
      contacts: '',
      users: 1,
      sites: 0,
      certificates: 0,
      similar: [],
    },
  ],
};

const wanted = { email: 'ANNA@clinic.org', organization: 'clinic', role: 'lead' } as const;

const steps = (file: object, from: Present = present) => planSteps(ProjectFile.parse(file), from);

describe('the plan of `dashboard apply`', () => {
  it('is empty for a project that is as the file says', () => {
    expect(steps({ project: { short_name: 'lung' }, users: [wanted] }, present)).toEqual([]);
  });

  it('decides on what was seen', () => {
    const [step] = steps({ users: [{ ...wanted, state: 'approved' }] }, present);
    expect(step).toMatchObject({ kind: 'decide user', state: 'approved', version: 'seen' });
  });

  it('decides on what its own change makes of it', () => {
    const planned = steps({ users: [{ ...wanted, role: 'member', state: 'approved' }] }, present);
    expect(planned).toMatchObject([
      { kind: 'change user', patch: { role: 'member', version: 'seen' } },
      { kind: 'decide user', version: undefined },
    ]);
  });

  it('adds before it decides, and freezes last', () => {
    const users = [{ ...wanted, email: 'ben@clinic.org', state: 'approved' as const }];
    const planned = steps({ project: { frozen: true }, users }, present);
    expect(planned.map(({ kind }) => kind)).toEqual(['add user', 'decide user', 'freeze']);
  });

  it('adds and changes organizations before users', () => {
    const organizations = [
      { name: 'clinic', display_name: 'Clinic of the North' },
      { name: 'south', display_name: 'South' },
    ];
    const planned = steps({ organizations, users: [{ ...wanted, email: 'ben@clinic.org' }] }, present);
    expect(planned.map(({ kind }) => kind)).toEqual(['change organization', 'add organization', 'add user']);
    expect(steps({ organizations: [{ name: 'clinic', display_name: 'Clinic' }] }, present)).toEqual([]);
  });

  it('adds relays and parents before those below them, whatever the order of the file', () => {
    const site = (name: string, props?: object) => ({ name, organization: 'clinic', props });
    const sites = [
      site('ward', { connect_to: { name: 'INNER' }, parent: 'hub' }),
      site('first'),
      site('hub', { parent: 'house' }),
      site('inner', { connect_to: { name: 'outer' } }),
      site('house'),
      site('outer', { connect_to: { name: 'fl.example.org' } }),
    ];
    const planned = steps({ sites }, present).flatMap((step) =>
      step.kind === 'add site' ? [step.site.name] : [],
    );
    expect(planned).toEqual(['outer', 'inner', 'house', 'hub', 'ward', 'first']);
  });

  it('leaves a circle of parents for the dashboard to refuse', () => {
    const sites = [
      { name: 'ward', organization: 'clinic', props: { parent: 'hub' } },
      { name: 'hub', organization: 'clinic', props: { parent: 'ward' } },
    ];
    expect(steps({ sites }, present)).toHaveLength(2);
  });

  it('leaves a decision alone that the file does not name', () => {
    expect(steps({ users: [wanted] }, { ...present, users: [{ ...user, approval_state: 100 }] })).toEqual([]);
  });
});
