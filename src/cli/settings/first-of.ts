/** Where a setting came from. */
export type SettingSource =
  'flag' | 'environment' | 'systemd credential' | 'dashboard.yaml' | 'running dashboard' | 'default';

/** The first value that there is, and where it came from; the last candidate is the default. */
export interface Sourced<Value> {
  readonly value: Value;
  readonly source: SettingSource;
}

/** Returns the first candidate with a value, or else the default. */
export const firstOf = <Value>(
  candidates: readonly (readonly [SettingSource, Value | undefined])[],
  fallback: Value,
): Sourced<Value> => {
  for (const [source, value] of candidates) {
    if (value !== undefined) {
      return { value, source };
    }
  }
  return { value: fallback, source: 'default' };
};
