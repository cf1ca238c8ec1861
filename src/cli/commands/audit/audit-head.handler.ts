import { auditHeadText } from '../../../contract/audit-head.ts';
import type { Handler } from '../../handler.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';
import { readHead } from './read-head.ts';

/** `dashboard audit head`: one line, to be kept where whoever writes the database cannot change it. */
export const auditHead: Handler = async (flags, _words, { runtime }) => {
  const { folder } = await readTargetSettings(flags, runtime);
  const head = await readHead(folder, runtime);
  return { data: { ...head, head: auditHeadText(head) }, lines: [auditHeadText(head)] };
};
