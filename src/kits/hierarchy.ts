import type { KitProject, Peer } from '../contract/kit.ts';
import { isAtLeast } from '../contract/releases.ts';
import { checkProps } from './check-props.ts';
import { KitError } from './kit-error.ts';
import { ClientProps, RelayProps } from './props/schemas.ts';

/** A relay as those below it see it. */
export interface Relay {
  readonly name: string;
  /** Full name of its cell: those of the relays above it and its own, with dots between them. */
  readonly fqcn: string;
  readonly props: RelayProps;
}

/** Tree of relays and sites below the server. */
export interface Hierarchy {
  /** Full name of a site: those of its parents and its own, with dots between them. */
  readonly fqsnOf: (site: string) => string;
  /** True for a site that another names as its parent. */
  readonly isParent: (site: string) => boolean;
  /** The relay that a site or relay connects to; undefined where that is the server. @throws KitError `relay_unknown` */
  readonly relayAbove: (connectTo: string | undefined) => Relay | undefined;
  /** Returns identities that do not follow from the full names. @param relay whose kit they are for; else undefined */
  readonly authIdentityMap: (relay?: Relay) => Readonly<Record<string, string>>;
}

interface Member<Props> {
  readonly name: string;
  readonly props: Props;
}

/** Stored properties of others that are wrong stand in the way of their own kits only. */
const membersOf = <Parsed>(
  peers: readonly Peer[],
  read: (peer: Peer) => Parsed | undefined,
): ReadonlyMap<string, Member<Parsed>> =>
  new Map(
    peers.flatMap((peer) => {
      const props = read(peer);
      return props === undefined ? [] : [[peer.name, { name: peer.name, props }] as const];
    }),
  );

/** @throws KitError `hierarchy_circular` */
const pathOf = (name: string, parentOf: (name: string) => string | undefined): string => {
  const path = [name];
  for (let parent = parentOf(name); parent !== undefined; parent = parentOf(parent)) {
    if (path.includes(parent)) {
      throw new KitError(
        'hierarchy_circular',
        `${name} stands below itself: ${[...path, parent].join(' → ')}`,
      );
    }
    path.push(parent);
  }
  return path.reverse().join('.');
};

/** The name that the cell at the other end is expected to have in its certificate: the first below the own cell. */
const expectedIdentity = (fqcn: string, above: string): string =>
  fqcn.slice(above.length).split('.')[0] ?? fqcn;

/**
 * Returns how the project's sites and relays stand to one another.
 *
 * @param self the participant whose kit is made, as it may not be among the approved ones yet
 */
export const hierarchyOf = (project: KitProject, self: Peer | undefined): Hierarchy => {
  const servers = new Set([project.server1, project.server2]);
  const peers =
    self === undefined ? project.peers : [...project.peers.filter(({ name }) => name !== self.name), self];
  const sites = membersOf(peers, ({ kind, props }) =>
    kind === 'client' ? ClientProps.safeParse({ ...props, ...project.fileProps.client }).data : undefined,
  );
  const relays = membersOf(peers, ({ kind, props }) =>
    kind === 'relay' && checkProps('relay', props, project.targetRelease).length === 0
      ? RelayProps.parse(props)
      : undefined,
  );
  const relayNamed = (name: string | undefined): string | undefined =>
    name === undefined || servers.has(name) ? undefined : name;
  const fqcnOfRelay = (name: string): string =>
    pathOf(name, (each) => relayNamed(relays.get(each)?.props.connect_to?.name));
  const parentOf = (name: string): string | undefined => sites.get(name)?.props.parent;
  const parents = new Set([...sites.values()].map(({ props }) => props.parent));
  const cells = (): readonly (readonly [fqcn: string, identity: string])[] => [
    ...[...relays.values()].map(
      ({ name, props }) => [fqcnOfRelay(name), props.auth_identity ?? name] as const,
    ),
    ...[...sites.values()].map(({ name, props }) => {
      const relay = relayNamed(props.connect_to?.name);
      const fqcn = relay === undefined ? name : `${fqcnOfRelay(relay)}.${name}`;
      return [fqcn, props.auth_identity ?? name] as const;
    }),
  ];
  return {
    fqsnOf: (site) => pathOf(site, parentOf),
    isParent: (site) => parents.has(site),
    relayAbove: (connectTo) => {
      const name = relayNamed(connectTo);
      if (name === undefined) {
        return undefined;
      }
      const relay = relays.get(name);
      if (relay === undefined) {
        throw new KitError('relay_unknown', `there is no approved relay ${name}`);
      }
      return { ...relay, fqcn: fqcnOfRelay(name) };
    },
    authIdentityMap: (relay) => {
      if (!isAtLeast(project.targetRelease, '2.9')) {
        return {};
      }
      const above = relay === undefined ? '' : `${relay.fqcn}.`;
      const found = cells().filter(
        ([fqcn, identity]) => fqcn.startsWith(above) && identity !== expectedIdentity(fqcn, above),
      );
      const given = Object.entries(project.authIdentityMap).filter(([fqcn]) => fqcn.startsWith(above));
      return Object.fromEntries([...found, ...given]);
    },
  };
};
