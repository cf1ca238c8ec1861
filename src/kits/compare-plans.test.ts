import { describe, expect, it } from '@jest/globals';
import { kitPerson as person, kitProject as project, kitSite } from '../../test/support/kit-project.ts';
import type { KitParticipant, KitProject } from '../contract/kit.ts';
import { TARGET_RELEASES } from '../contract/releases.ts';
import { comparePlans } from './compare-plans.ts';
import { planKit } from './plan-kit.ts';

const server: KitParticipant = { kind: 'server', index: 1 };
const site: KitParticipant = {
  ...kitSite,
  props: { listening_host: { default_host: 'site-1.example.org' } },
};

const compared = (before: KitParticipant, after: KitParticipant, change: Partial<KitProject> = {}) =>
  comparePlans(planKit(project, before), planKit({ ...project, ...change }, after));

describe('the difference between two plans of a kit', () => {
  it.each(TARGET_RELEASES)('is none where nothing changed, for %s', (targetRelease) => {
    for (const participant of [server, site, person]) {
      const plan = () => planKit({ ...project, targetRelease }, participant);
      expect(comparePlans(plan(), plan())).toEqual({ certificate: [], files: [] });
    }
  });

  it('names the files that speak of a port, and no certificate', () => {
    const change = { serverProps: { fed_learn_port: 9002 } };
    const all = [server, site, person].map((one) => compared(one, one, change));
    expect(all.map(({ certificate }) => certificate)).toEqual([[], [], []]);
    expect(all[0]?.files).toEqual(['readme.txt', 'startup/fed_server.json']);
    expect(all.map(({ files }) => files.length > 0)).toEqual([true, true, true]);
  });

  it('names what changes in a certificate', () => {
    expect(compared(person, { ...person, role: 'member' })).toEqual({
      certificate: [{ field: 'role', before: 'lead', after: 'member' }],
      files: [],
    });
    expect(compared(server, server, { serverProps: { host_names: ['10.0.0.7'] } }).certificate).toEqual([
      { field: 'subject_alt_names', before: 'server.example.org', after: 'server.example.org, 10.0.0.7' },
    ]);
  });

  it('tells the certificate of a listener from the own one', () => {
    const silent = { ...site, props: {} };
    expect(compared(silent, site).certificate.map(({ field }) => field)).toEqual([
      'listener.common_name',
      'listener.organization',
      'listener.role',
      'listener.subject_alt_names',
    ]);
  });
});
