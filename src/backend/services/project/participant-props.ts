import { DENIED } from '../../../contract/approval.ts';
import { hasHiddenCharactersInLines } from '../../../contract/free-text.ts';
import type { FieldProblem } from '../../../contract/errors.ts';
import type { Props } from '../../../contract/kit.ts';
import type { ParticipantType } from '../../../contract/participant-type.ts';
import { isAtLeast } from '../../../contract/releases.ts';
import { checkProps } from '../../../kits/check-props.ts';
import { keysWithoutEffect } from '../../../kits/keys-without-effect.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { participantNames, peersOf } from '../../store/peers.ts';
import { readProject } from '../../store/project.ts';
import { MAX_PROPS_TEXT, propsText } from '../../store/stored-json.ts';
import { releaseOf } from './project-fields.ts';

type Section = 'client' | 'relay' | 'admin';

const relayOf = ({ connect_to: target }: Props): unknown =>
  typeof target === 'object' && target !== null && 'name' in target ? target.name : undefined;

/** Registered participants, approved or not, as far as others may stand below them. */
const namesOfType = async (db: Reader | Trx, type: ParticipantType): Promise<ReadonlySet<unknown>> =>
  new Set(await participantNames(db, type));

/** Returns whether a chain of names leads back to where it started. */
const leadsBack = (self: string, first: string, next: (name: string) => unknown): boolean => {
  const seen = new Set<unknown>();
  for (let name: unknown = first; typeof name === 'string' && !seen.has(name); name = next(name)) {
    if (name === self) {
      return true;
    }
    seen.add(name);
  }
  return false;
};

const relayProblem = async (
  db: Reader | Trx,
  section: Section,
  relay: unknown,
  self: string,
): Promise<string | undefined> => {
  const { server1, server2, target_release } = await readProject(db);
  if (relay !== '' && (relay === server1 || relay === server2)) {
    return undefined;
  }
  if (section === 'admin') {
    return 'is no server of this project; consoles do not connect to relays';
  }
  if (typeof relay !== 'string' || !(await namesOfType(db, 'relay')).has(relay)) {
    return 'is no server or relay of this project';
  }
  if (!isAtLeast(releaseOf(target_release), '2.6')) {
    return `is a relay; NVFLARE ${target_release} has none, they need 2.6 or later`;
  }
  const relays = new Map((await peersOf(db, DENIED)).map((peer) => [peer.name, peer]));
  const isCircular =
    section === 'relay' && leadsBack(self, relay, (name) => relayOf(relays.get(name)?.props ?? {}));
  return isCircular ? 'is this relay itself, or stands below it' : undefined;
};

const parentProblem = async (db: Reader | Trx, parent: string, self: string): Promise<string | undefined> => {
  if (parent.toLowerCase() === self.toLowerCase()) {
    return 'is the site itself';
  }
  if (!(await namesOfType(db, 'client')).has(parent)) {
    return 'is no site of this project';
  }
  const sites = new Map((await peersOf(db, DENIED)).map((peer) => [peer.name, peer]));
  return leadsBack(self, parent, (name) => sites.get(name)?.props['parent'])
    ? 'stands below this site'
    : undefined;
};

/**
 * Returns what properties name that the project does not have: a relay that is none, or a parent that is no site. What
 * stands below itself is refused as well.
 *
 * @param self name of the site whose properties they are; empty for none
 */
export const referenceProblems = async (
  db: Reader | Trx,
  section: Section,
  props: Props,
  self = '',
): Promise<readonly FieldProblem[]> => {
  const problems: FieldProblem[] = [];
  const relay = relayOf(props);
  const ofRelay = relay === undefined ? undefined : await relayProblem(db, section, relay, self);
  if (ofRelay !== undefined) {
    problems.push({ path: 'connect_to.name', message: ofRelay });
  }
  const { parent } = props;
  const ofParent =
    section === 'client' && typeof parent === 'string' ? await parentProblem(db, parent, self) : undefined;
  if (ofParent !== undefined) {
    problems.push({ path: 'parent', message: ofParent });
  }
  return problems;
};

/** Returns all keys and texts of JSON. */
const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') {
    return [value];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Array.isArray(value) ? value.flatMap(textsIn) : Object.entries(value).flat().flatMap(textsIn);
};

/** Returns what is wrong with the properties of a site or user before they are stored, below the path `props`. */
export const participantPropsProblems = async (
  db: Reader | Trx,
  section: Section,
  props: Props | null | undefined,
  self = '',
): Promise<readonly FieldProblem[]> => {
  if (props === undefined || props === null) {
    return [];
  }
  if (textsIn(props).some(hasHiddenCharactersInLines)) {
    return [{ path: 'props', code: 'control_characters', message: 'holds control or invisible characters' }];
  }
  if (propsText(props).length > MAX_PROPS_TEXT) {
    return [{ path: 'props', message: `takes more than ${MAX_PROPS_TEXT} characters as JSON` }];
  }
  const { target_release } = await readProject(db);
  const wrong = checkProps(section, props, releaseOf(target_release));
  const problems = wrong.length > 0 ? wrong : await referenceProblems(db, section, props, self);
  return problems.map(({ path, message }) => ({ path: path === '' ? 'props' : `props.${path}`, message }));
};

/** Returns the keys of a participant's properties that have no effect, as a response names them. */
export const ignoredProps = (section: Section, props: Props | null | undefined): string[] =>
  keysWithoutEffect(section, props ?? {}).map((path) => `props.${path}`);
