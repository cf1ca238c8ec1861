import { z } from 'zod';
import { OrganizationName, SiteName } from '../../contract/names.ts';
import type { Capacity } from '../../contract/kit.ts';
import type { TargetRelease } from '../../contract/releases.ts';
import type { ImportedSite, NotTaken } from './import-plan.ts';
import { nameProblem } from './plan-people.ts';
import { Mapping, shown, without } from './project-document.ts';
import { takeProps } from './take-props.ts';

const Count = z.coerce.number().int().min(0).optional();
const CapacityArgs = z.object({ num_of_gpus: Count, mem_per_gpu_in_GiB: Count });
const Components = z.object({ resource_manager: z.object({ args: CapacityArgs }) });

/** The GPUs of a site, where its properties or its resource manager state them. */
const capacityOf = (props: Mapping): Partial<Capacity> => {
  const { num_of_gpus, mem_per_gpu_in_GiB } =
    CapacityArgs.safeParse(props['capacity']).data ??
    Components.safeParse(props['components']).data?.resource_manager.args ??
    {};
  return {
    ...(num_of_gpus === undefined ? {} : { num_of_gpus }),
    ...(mem_per_gpu_in_GiB === undefined ? {} : { mem_per_gpu_in_GiB }),
  };
};

/** The participant that a site connects to by name, such as a relay. */
const targetName = (props: Mapping): unknown => Mapping.safeParse(props['connect_to']).data?.['name'];

/** A property that names the server itself says nothing. */
const withoutServer = (props: Mapping, servers: ReadonlySet<unknown>): Mapping => {
  const connection = Mapping.safeParse(props['connect_to']);
  if (!connection.success || !servers.has(connection.data['name'])) {
    return props;
  }
  const rest = without(connection.data, 'name');
  const others = without(props, 'connect_to');
  return Object.keys(rest).length === 0 ? others : { ...others, connect_to: rest };
};

/** Returns the sites; those that cannot be taken are reported. */
export const planSites = (
  participants: readonly Mapping[],
  release: TargetRelease,
  notTaken: NotTaken,
): readonly ImportedSite[] => {
  const servers = new Set(participants.filter(({ type }) => type === 'server').map(({ name }) => name));
  const sites = new Map<string, ImportedSite>();
  for (const { name, type, org, ...given } of participants) {
    if (type !== 'client') {
      continue;
    }
    const where = `client ${shown(name)}`;
    const site = SiteName.safeParse(name);
    const organization = OrganizationName.safeParse(org);
    const props = withoutServer(given, servers);
    const relay = targetName(props);
    const problem =
      nameProblem(site) ??
      (organization.success
        ? undefined
        : `the organization "${shown(org)}" ${nameProblem(organization) ?? ''}`) ??
      (relay === undefined ? undefined : `it connects to ${shown(relay)}, and relays are not supported`) ??
      (sites.has(shown(name).toLowerCase()) ? 'is there twice' : undefined);
    if (problem !== undefined || !site.success || !organization.success) {
      notTaken.add(where, problem ?? '');
      continue;
    }
    sites.set(site.data.toLowerCase(), {
      name: site.data,
      organization: organization.data,
      props: takeProps('client', without(props, 'components'), { where, release, notTaken }),
      capacity: capacityOf(props),
    });
  }
  return withKnownParents([...sites.values()], notTaken);
};

/** Without the sites below one that is not there. */
const withKnownParents = (sites: readonly ImportedSite[], notTaken: NotTaken): readonly ImportedSite[] => {
  const names = new Set<unknown>(sites.map(({ name }) => name));
  const left = sites.filter(({ name, props: { parent } }) => {
    if (parent === undefined || names.has(parent)) {
      return true;
    }
    notTaken.add(`client ${name}`, `its parent ${shown(parent)} is not taken`);
    return false;
  });
  return left.length === sites.length ? sites : withKnownParents(left, notTaken);
};
