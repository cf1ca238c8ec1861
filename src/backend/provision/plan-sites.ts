import { z } from 'zod';
import { OrganizationName, SiteName } from '../../contract/names.ts';
import type { Capacity, Props } from '../../contract/kit.ts';
import type { ParticipantType } from '../../contract/participant-type.ts';
import { isAtLeast, type TargetRelease } from '../../contract/releases.ts';
import { checkProps } from '../../kits/check-props.ts';
import type { ImportedSite, NotTaken } from './import-plan.ts';
import { participantPlace, participantProblem } from './plan-people.ts';
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

/** Reasons for which a relay cannot be taken at all. */
const relayProblem = (props: Props, release: TargetRelease): string | undefined => {
  if (!isAtLeast(release, '2.6')) {
    return `NVFLARE ${release} has no relays`;
  }
  const [problem] = checkProps('relay', props, release);
  return problem === undefined ? undefined : `${problem.path} ${problem.message}`;
};

/** Returns the sites and relays; those that cannot be taken are reported. */
export const planSites = (
  participants: readonly Mapping[],
  release: TargetRelease,
  notTaken: NotTaken,
): readonly ImportedSite[] => {
  const servers = new Set(participants.filter(({ type }) => type === 'server').map(({ name }) => name));
  const sites = new Map<string, ImportedSite>();
  for (const { name, type, org, ...given } of participants) {
    if (type !== 'client' && type !== 'relay') {
      continue;
    }
    const where = participantPlace(type, name);
    const site = SiteName.safeParse(name);
    const organization = OrganizationName.safeParse(org);
    const props = withoutServer(given, servers);
    const problem =
      participantProblem({ name, org }, site, organization) ??
      (sites.has(shown(name).toLowerCase()) ? 'is there twice' : undefined);
    if (problem !== undefined || !site.success || !organization.success) {
      notTaken.add(where, problem ?? '');
      continue;
    }
    const taken = takeProps(type, without(props, 'components'), { where, release, notTaken });
    const unfit = type === 'relay' ? relayProblem(taken, release) : undefined;
    if (unfit !== undefined) {
      notTaken.add(where, unfit);
      continue;
    }
    sites.set(site.data.toLowerCase(), {
      type,
      name: site.data,
      organization: organization.data,
      props: taken,
      capacity: capacityOf(props),
    });
  }
  return withKnownParents([...sites.values()], notTaken);
};

/** Without the sites and relays below one that is not there. */
const withKnownParents = (sites: readonly ImportedSite[], notTaken: NotTaken): readonly ImportedSite[] => {
  const named = (wanted: ParticipantType): ReadonlySet<unknown> =>
    new Set(sites.filter(({ type }) => type === wanted).map(({ name }) => name));
  const [clients, relays] = [named('client'), named('relay')];
  const left = sites.filter(({ type, name, props }) => {
    const { parent } = props;
    const relay = targetName(props);
    const missing =
      relay !== undefined && !relays.has(relay)
        ? `its relay ${shown(relay)} is not taken`
        : parent !== undefined && !clients.has(parent)
          ? `its parent ${shown(parent)} is not taken`
          : undefined;
    if (missing !== undefined) {
      notTaken.add(`${type} ${name}`, missing);
    }
    return missing === undefined;
  });
  return left.length === sites.length ? sites : withKnownParents(left, notTaken);
};
