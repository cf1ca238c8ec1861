import { isDeepStrictEqual } from 'node:util';
import type { ClientView } from '../../../contract/api/client.ts';
import type { OrganizationView } from '../../../contract/api/organization.ts';
import type { ProjectPatch, ProjectView } from '../../../contract/api/project.ts';
import type { UserView } from '../../../contract/api/user.ts';
import { approvalOf } from '../../../contract/approval.ts';
import type { WantedLogo } from '../../remote/logo.ts';
import type { FileOrganization, FileSite, FileUser, ProjectFile, State } from './project-file.ts';

/** The project as it is. */
export interface Present {
  readonly project: ProjectView;
  readonly users: readonly UserView[];
  readonly sites: readonly ClientView[];
  /** Those that the file names and that are there. */
  readonly organizations: readonly OrganizationView[];
}

/** One difference between the project and the file. */
export type Step =
  | { readonly kind: 'set'; readonly patch: ProjectPatch; readonly text: string }
  | { readonly kind: 'set logo'; readonly logo: WantedLogo; readonly text: string }
  | { readonly kind: 'freeze'; readonly text: string }
  | { readonly kind: 'add organization'; readonly organization: FileOrganization; readonly text: string }
  | {
      readonly kind: 'change organization';
      readonly name: string;
      readonly patch: object;
      readonly text: string;
    }
  | { readonly kind: 'add user'; readonly user: FileUser; readonly text: string }
  | { readonly kind: 'change user'; readonly id: number; readonly patch: object; readonly text: string }
  | { readonly kind: 'add site'; readonly site: FileSite; readonly text: string }
  | { readonly kind: 'change site'; readonly id: number; readonly patch: object; readonly text: string }
  | {
      readonly kind: 'decide user' | 'decide site';
      readonly name: string;
      readonly state: State;
      /** As the plan saw it; undefined for somebody that an earlier step adds or changes. */
      readonly version: string | undefined;
      readonly text: string;
    };

const shown = (value: unknown): string => JSON.stringify(value);

interface Difference {
  readonly key: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** Compares what the file says with what is there; keys that the file leaves out stay. */
const differences = (wanted: object, present: object): readonly Difference[] => {
  const there = new Map<string, unknown>(Object.entries(present));
  return Object.entries(wanted)
    .filter(
      ([key, value]: [string, unknown]) => value !== undefined && !isDeepStrictEqual(value, there.get(key)),
    )
    .map(([key, to]: [string, unknown]) => ({ key, from: there.get(key), to }));
};

const patchOf = (found: readonly Difference[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(found.map(({ key, to }) => [key, to]));

const textOf = (what: string, found: readonly Difference[]): string =>
  `change ${what}: ${found.map(({ key, from, to }) => `${key} ${shown(from)} → ${shown(to)}`).join(', ')}`;

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** @param present undefined for somebody the plan adds @param unchanged no earlier step gives it another version */
const decision = (
  kind: 'decide user' | 'decide site',
  name: string,
  wanted: State | undefined,
  present?: Pick<ClientView, 'approval_state' | 'version'>,
  unchanged = false,
): readonly Step[] => {
  const from = present === undefined ? 'pending' : approvalOf(present.approval_state);
  if (wanted === undefined || wanted === from) {
    return [];
  }
  const version = unchanged ? present?.version : undefined;
  return [{ kind, name, state: wanted, version, text: `${name}: ${from} → ${wanted}` }];
};

const organizationSteps = (
  wanted: FileOrganization,
  organizations: readonly OrganizationView[],
): readonly Step[] => {
  const { name } = wanted;
  const present = organizations.find((organization) => organization.name === name);
  if (present === undefined) {
    return [{ kind: 'add organization', organization: wanted, text: `add organization ${name}` }];
  }
  const found = differences(wanted, present);
  return found.length === 0
    ? []
    : [{ kind: 'change organization', name, patch: patchOf(found), text: textOf(name, found) }];
};

const userSteps = (wanted: FileUser, users: readonly UserView[]): readonly Step[] => {
  const { state, ...fields } = wanted;
  const present = users.find(({ email }) => same(email, wanted.email));
  if (present === undefined) {
    const text = `add user ${wanted.email}, ${wanted.role} of ${wanted.organization}`;
    return [{ kind: 'add user', user: wanted, text }, ...decision('decide user', wanted.email, state)];
  }
  const found = differences({ ...fields, email: undefined }, present);
  return [
    ...(found.length === 0
      ? []
      : [
          {
            kind: 'change user' as const,
            id: present.id,
            patch: { ...patchOf(found), version: present.version },
            text: textOf(wanted.email, found),
          },
        ]),
    ...decision('decide user', wanted.email, state, present, found.length === 0),
  ];
};

const siteSteps = (wanted: FileSite, sites: readonly ClientView[]): readonly Step[] => {
  const { state, capacity, ...fields } = wanted;
  const present = sites.find(({ name }) => same(name, wanted.name));
  if (present === undefined) {
    const text = `add ${wanted.type === 'relay' ? 'relay' : 'site'} ${wanted.name} of ${wanted.organization}`;
    return [{ kind: 'add site', site: wanted, text }, ...decision('decide site', wanted.name, state)];
  }
  const whole = capacity === undefined ? undefined : { ...present.capacity, ...capacity };
  const found = differences({ ...fields, name: undefined, capacity: whole }, present);
  return [
    ...(found.length === 0
      ? []
      : [
          {
            kind: 'change site' as const,
            id: present.id,
            patch: { ...patchOf(found), version: present.version },
            text: textOf(wanted.name, found),
          },
        ]),
    ...decision('decide site', wanted.name, state, present, found.length === 0),
  ];
};

/** Names of those that a site or relay stands below: what it connects to, and its parent. */
const namesAbove = ({ props }: FileSite): readonly string[] => {
  const target = props?.['connect_to'];
  const relay = typeof target === 'object' && target !== null && 'name' in target ? target.name : undefined;
  return [relay, props?.['parent']].filter((name) => typeof name === 'string');
};

/** The backend takes a site only once those above it are there; circles are left for it to refuse. */
const fromAbove = (sites: readonly FileSite[]): readonly FileSite[] => {
  const byName = new Map(sites.map((site) => [site.name.toLowerCase(), site]));
  const ordered: FileSite[] = [];
  const visited = new Set<FileSite>();
  const place = (site: FileSite | undefined): void => {
    if (site === undefined || visited.has(site)) {
      return;
    }
    visited.add(site);
    namesAbove(site).forEach((name) => {
      place(byName.get(name.toLowerCase()));
    });
    ordered.push(site);
  };
  sites.forEach(place);
  return ordered;
};

const logoSteps = (logo: WantedLogo | undefined, present: string): readonly Step[] =>
  logo === undefined || logo.hash === present
    ? []
    : [{ kind: 'set logo', logo, text: logo.hash === '' ? 'remove the logo' : 'change the logo' }];

/**
 * Steps from the project as it is to what the file says, in the order in which they can be taken.
 *
 * @param logo that the file names; undefined: it names none
 */
export const planSteps = (file: ProjectFile, present: Present, logo?: WantedLogo): readonly Step[] => {
  const { frozen, ...settings } = file.project ?? {};
  const found = differences({ ...settings, logo: undefined }, present.project);
  return [
    ...(found.length === 0
      ? []
      : [{ kind: 'set' as const, patch: patchOf(found), text: textOf('project', found) }]),
    ...logoSteps(logo, present.project.logo),
    ...(file.organizations ?? []).flatMap((organization) =>
      organizationSteps(organization, present.organizations),
    ),
    ...(file.users ?? []).flatMap((user) => userSteps(user, present.users)),
    ...fromAbove(file.sites ?? []).flatMap((site) => siteSteps(site, present.sites)),
    ...(frozen === true && !present.project.frozen
      ? [{ kind: 'freeze' as const, text: 'freeze the project' }]
      : []),
  ];
};
