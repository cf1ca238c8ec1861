import type { Props } from '../../../contract/kit.ts';

const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns the names for which a participant's properties ask a listener's certificate. */
export const listeningNamesOf = (props: Props | null | undefined): readonly string[] => {
  const listening = props?.['listening_host'];
  if (!isRecord(listening)) {
    return textsOf(listening);
  }
  return [...textsOf(listening['default_host']), ...textsOf(listening['host_names'])];
};

/** Returns the further names of the FL server in its properties. */
export const serverNamesOf = (props: Props | null | undefined): readonly string[] => [
  ...textsOf(props?.['default_host']),
  ...textsOf(props?.['host_names']),
  ...listeningNamesOf(props),
];
