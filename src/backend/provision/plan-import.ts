import { MAX_SHORT_NAME, ProjectShortName } from '../../contract/names.ts';
import type { TargetRelease } from '../../contract/releases.ts';
import { NotTaken, type ImportPlan } from './import-plan.ts';
import { planBuilders } from './plan-builders.ts';
import { nameProblem, planPeople } from './plan-people.ts';
import { planServers } from './plan-servers.ts';
import { planSites } from './plan-sites.ts';
import { readProjectDocument, shown, unusable, type Mapping } from './project-document.ts';
import { takeProps } from './take-props.ts';

/** The releases whose provisioning made the project, where nobody says which. */
const NEWEST = '2.9';
const NEWEST_WITH_OVERSEER = '2.6';

const TYPES = ['server', 'overseer', 'client', 'admin'];

const reportOthers = (participants: readonly Mapping[], settings: Mapping, notTaken: NotTaken): void => {
  for (const { type, name } of participants) {
    if (TYPES.some((known) => known === type)) {
      continue;
    }
    const what = type === 'relay' ? 'relays are not supported' : 'this type of participant is unknown here';
    notTaken.add(`${shown(type)} ${shown(name)}`, what);
  }
  if (settings['packager'] !== undefined) {
    notTaken.add('packager', 'kits are packed by the dashboard');
  }
  if (settings['studies'] !== undefined) {
    notTaken.add('studies', 'the dashboard has none');
  }
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
    wanted ?? (highAvailability ? NEWEST_WITH_OVERSEER : NEWEST);
  const shortName = shortNameOf(settings['name']);
  const { overseerPort, ...servers } = planServers(participants, releaseOf, notTaken);
  const release = releaseOf(servers.overseer !== '');
  reportOthers(participants, settings, notTaken);
  const { scheme, dockerImage, rootValidDays } = planBuilders(builders, notTaken);
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
      rootValidDays,
      users,
      sites: planSites(participants, release, notTaken),
    },
    notTaken: notTaken.lines,
  };
};
