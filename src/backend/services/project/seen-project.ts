import { ProjectPatch } from '../../../contract/api/project.ts';
import { propsOf } from '../../store/stored-json.ts';
import type { ProjectRow } from '../../store/schema.ts';
import type { Seen } from '../approvals/seen-version.ts';

const FLAGS: ReadonlySet<string> = new Set(['frozen', 'public', 'cc_mode', 'ha_mode', 'jemalloc']);
const PROPS: ReadonlySet<string> = new Set(['project_props', 'server_props', 'auth_identity_map', 'studies']);

const textOf = (setting: string, value: unknown): string => {
  if (FLAGS.has(setting)) {
    return String(value !== 0);
  }
  if (PROPS.has(setting)) {
    return JSON.stringify(propsOf(typeof value === 'string' ? value : '') ?? {});
  }
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
};

/** Returns what is seen of the project: its settings. */
export const seenProject = (row: ProjectRow): Seen => {
  const stored = new Map<string, unknown>(Object.entries(row));
  return {
    subject: `project:${row.id}`,
    values: Object.fromEntries(
      Object.keys(ProjectPatch.shape).map((setting) => [setting, textOf(setting, stored.get(setting))]),
    ),
  };
};
