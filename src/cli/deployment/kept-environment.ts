import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../../contract/error-code.ts';
import { KEPT_ENVIRONMENT, KeptEnvironment } from '../../contract/kept-environment.ts';
import type { SettingChange } from './host.ts';
import { HIDDEN } from './masked.ts';

/** Compares variables that may be secret with those the backend keeps; none when this user may not read them. */
export const hiddenChanges = async (
  folder: string,
  wanted: Readonly<Record<string, string>>,
): Promise<readonly SettingChange[]> => {
  if (Object.keys(wanted).length === 0) {
    return [];
  }
  const text = await readFile(join(folder, KEPT_ENVIRONMENT), 'utf8').catch((error: unknown) =>
    isMissing(error) ? '{}' : undefined,
  );
  if (text === undefined) {
    return [];
  }
  const kept = KeptEnvironment.parse(JSON.parse(text));
  return Object.entries(wanted)
    .filter(([name, value]) => kept[name] !== value)
    .map(([name]) => ({
      setting: `environment ${name}`,
      from: kept[name] === undefined ? undefined : HIDDEN,
      to: HIDDEN,
    }));
};
