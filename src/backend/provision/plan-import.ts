import { MAX_SHORT_NAME, ProjectShortName } from '../../contract/names.ts';
import { NEWEST_RELEASE, type TargetRelease } from '../../contract/releases.ts';
import { Studies } from '../../contract/studies.ts';
import { NotTaken, type ImportPlan } from './import-plan.ts';
import { planBuilders } from './plan-builders.ts';
import { nameProblem, participantPlace, planPeople } from './plan-people.ts';
import { planServers } from './plan-servers.ts';
import { planSites } from './plan-sites.ts';
import { Mapping, readProjectDocument, shown, unusable } from './project-document.ts';
import { takeProps } from './take-props.ts';

/** The releases whose provisioning made the project, where nobody says which. */
const NEWEST_WITH_OVERSEER = '2.6';

/** Versions of the file's form that NVFLARE knows (2.9: nvflare/lighter/provision.py). */
const API_VERSIONS = [3, 4];

const TYPES = ['server', 'overseer', 'client', 'relay', 'admin'];

const reportOthers = (participants: readonly Mapping[], settings: Mapping, notTaken: NotTaken): void => {
  for (const { type, name } of participants) {
    if (TYPES.some((known) => known === type)) {
      continue;
    }
    notTaken.add(
      participantPlace(shown(type ?? 'participant'), name),
      type === undefined ? 'its type is missing' : 'this type of participant is unknown here',
    );
  }
  const version = settings['api_version'];
  if (version !== undefined && !API_VERSIONS.some((known) => known === version)) {
    notTaken.add('project', `api_version ${shown(version)} is unknown and read as 3`);
  }
  if (settings['packager'] !== undefined) {
    notTaken.add('packager', 'kits are packed by the dashboard');
  }
};

/** Studies as `nvflare provision` takes them: what is left out of one is empty. */
const studiesOf = (given: unknown, notTaken: NotTaken): Studies | undefined => {
  if (given === undefined || given === null) {
    return undefined;
  }
  const studies = Mapping.safeParse(given);
  if (!studies.success) {
    notTaken.add('studies', 'is not a mapping of studies');
    return undefined;
  }
  const entries = Object.entries(studies.data).map(([name, study]) => {
    const parts = Object.entries(Mapping.safeParse(study ?? {}).data ?? { study });
    return [name, Object.fromEntries(parts.filter(([, part]) => part !== null))] as const;
  });
  const checked = Studies.safeParse(Object.fromEntries(entries));
  if (!checked.success) {
    const [issue] = checked.error.issues;
    notTaken.add('studies', `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
  }
  return checked.data;
};

const shortNameOf = (name: unknown): string => {
  if (name === undefined || name === null || name === '') {
    throw unusable('it has no name');
  }
  // As NVFLARE cuts it.
  const checked = ProjectShortName.safeParse(shown(name).slice(0, MAX_SHORT_NAME));
  if (checked.success) {
    return checked.data;
  }
  throw unusable(`its name "${shown(name)}" ${nameProblem(checked) ?? ''}`);
};

/** Returns what StaticFileBuilder takes where nobody names a scheme: from 2.7 on another one than the dashboard. */
const defaultScheme = (release: TargetRelease): Mapping =>
  ['2.4', '2.5', '2.6'].includes(release) ? {} : { scheme: 'http' };

/** Keys of the project that are no properties; `x-` marks parts that only anchors use. */
const isProperty = (key: string): boolean =>
  !['api_version', 'name', 'description', 'packager', 'studies'].includes(key) && !key.startsWith('x-');

/**
 * Plans the import of a `project.yml`.
 *
 * @param text its content
 * @param wanted the release to make kits for; undefined: the newest that fits
 * @returns the plan, and line by line what cannot be taken
 * @throws StartError when it cannot be imported at all
 */
export const planImport = (
  text: string,
  wanted: TargetRelease | undefined,
): { readonly plan: ImportPlan; readonly notTaken: readonly string[] } => {
  const { settings, participants, builders } = readProjectDocument(text);
  const notTaken = new NotTaken();
  const releaseOf = (highAvailability: boolean): TargetRelease =>
    wanted ?? (highAvailability ? NEWEST_WITH_OVERSEER : NEWEST_RELEASE);
  const shortName = shortNameOf(settings['name']);
  const { overseerPort, ...servers } = planServers(participants, releaseOf, notTaken);
  const release = releaseOf(servers.overseer !== '');
  reportOthers(participants, settings, notTaken);
  const { scheme, dockerImage, ...fromBuilders } = planBuilders(builders, notTaken);
  const given = {
    ...defaultScheme(release),
    ...Object.fromEntries(Object.entries(settings).filter(([key]) => isProperty(key))),
    ...(scheme === undefined ? {} : { scheme }),
    ...(overseerPort === undefined ? {} : { overseer_port: overseerPort }),
  };
  const users = planPeople(participants, release, notTaken);
  if (!users.some(({ role }) => role === 'project_admin')) {
    throw unusable('it has no admin with the role project_admin, who could run the dashboard');
  }
  return {
    plan: {
      shortName,
      description: shown(settings['description'] ?? ''),
      appLocation: dockerImage,
      release,
      releaseChosen: wanted !== undefined,
      ...servers,
      projectProps: takeProps('project', given, { where: 'project', release, notTaken }),
      ...fromBuilders,
      studies: studiesOf(settings['studies'], notTaken),
      users,
      sites: planSites(participants, release, notTaken),
    },
    notTaken: notTaken.lines,
  };
};
