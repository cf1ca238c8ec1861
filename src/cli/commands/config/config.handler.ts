import { z } from 'zod';
import type { Handler } from '../../handler.ts';
import { tableLines } from '../../output/table-lines.ts';
import { DashboardFile } from '../../settings/dashboard-file.ts';
import { readStartSettings } from '../../settings/start-settings.ts';
import { effectiveSettings } from './effective-settings.ts';

/** `dashboard config`: the settings of a start, from looking at options, environment and file alone. */
export const config: Handler = async (flags, _words, { runtime }) => {
  if (flags['schema'] === true) {
    const schema = z.toJSONSchema(DashboardFile);
    return { data: { schema }, lines: JSON.stringify(schema, null, 2).split('\n') };
  }
  const settings = effectiveSettings(await readStartSettings(flags, runtime));
  const rows = settings.map(({ setting, value, from }) => [setting, value ?? '-', from]);
  return { data: { settings }, lines: tableLines([['SETTING', 'VALUE', 'FROM'], ...rows]) };
};
