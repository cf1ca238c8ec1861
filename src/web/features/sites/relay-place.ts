/** Where a new site or relay stands. */
export interface Place {
  readonly isRelay: boolean;
  /** Where sites reach the relay. */
  readonly host: string;
  readonly port: number | string;
  /** Name of the relay to connect to; empty for the server. */
  readonly through: string;
}

export const NO_RELAY: Place = { isRelay: false, host: '', port: '', through: '' };

/** Messages below the fields. */
export type PlaceErrors = Readonly<Partial<Record<'host' | 'port' | 'through', string>>>;

const PATHS = {
  host: ['props.listening_host.default_host', 'props.listening_host'],
  port: ['props.listening_host.port'],
  through: ['props.connect_to.name'],
} as const;

/** Paths of the API that the fields show the errors of. */
export const PLACE_PATHS: readonly string[] = Object.values(PATHS).flat();

/** @param refused messages by the API's paths */
export const placeErrors = (refused: Readonly<Record<string, string>>): PlaceErrors =>
  Object.fromEntries(
    Object.entries(PATHS).flatMap(([field, paths]) => {
      const path = paths.find((each) => refused[each] !== undefined);
      return path === undefined ? [] : [[field, refused[path]]];
    }),
  );

/** Returns what the API takes of a site's or relay's place. */
export const placeBody = ({ isRelay, host, port, through }: Place) => {
  const props = {
    ...(isRelay ? { listening_host: { default_host: host, port: Number(port) } } : {}),
    ...(through === '' ? {} : { connect_to: { name: through } }),
  };
  return {
    ...(isRelay ? { type: 'relay' as const } : {}),
    ...(Object.keys(props).length === 0 ? {} : { props }),
  };
};
