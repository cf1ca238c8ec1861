import { hasHiddenCharactersInLines } from '../../../contract/free-text.ts';
import type { FieldProblem } from '../../../contract/errors.ts';
import type { Props } from '../../../contract/kit.ts';
import { checkProps } from '../../../kits/check-props.ts';
import { keysWithoutEffect } from '../../../kits/keys-without-effect.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { readProject } from '../../store/project.ts';
import { MAX_PROPS_TEXT, propsText } from '../../store/stored-json.ts';
import { participantsNamed } from '../../store/taken-names.ts';
import { releaseOf } from './project-fields.ts';

type Section = 'client' | 'admin';

const relayOf = ({ connect_to: target }: Props): unknown =>
  typeof target === 'object' && target !== null && 'name' in target ? target.name : undefined;

const isSite = async (db: Reader | Trx, name: string): Promise<boolean> =>
  (await participantsNamed(db, [name.toLowerCase()])).some(({ kind }) => kind === 'client');

/**
 * Returns what properties name that the project does not have: a relay, which this dashboard has no kits for, or a
 * parent that is no site.
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
  if (relay !== undefined) {
    const { server1, server2 } = await readProject(db);
    if (relay === '' || (relay !== server1 && relay !== server2)) {
      const message = 'is no server of this project; there are no startup kits for relays';
      problems.push({ path: 'connect_to.name', message });
    }
  }
  const { parent } = props;
  if (section === 'client' && typeof parent === 'string') {
    if (parent.toLowerCase() === self.toLowerCase()) {
      problems.push({ path: 'parent', message: 'is the site itself' });
    } else if (!(await isSite(db, parent))) {
      problems.push({ path: 'parent', message: 'is no site of this project' });
    }
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
