import { z } from 'zod';

/** File in the project folder that names the database of its project. */
export const DATABASE_MARKER = '.database.json';

export const DatabaseMarker = z.object({
  engine: z.enum(['sqlite', 'postgres']),
  /** For people: `postgres://host:port/name`, or the path of the SQLite file. Holds neither user nor password. */
  address: z.string(),
  /** Hash of the first row of the audit log, which no other project has; absent while that log is empty. */
  project: z.string().optional(),
});
export type DatabaseMarker = Readonly<z.infer<typeof DatabaseMarker>>;

/** Returns host, port and name of a PostgreSQL URL, as anyone may see them. */
export const publicAddress = (url: string): string => {
  try {
    const { hostname, port, pathname, searchParams } = new URL(url);
    const host = hostname === '' ? (searchParams.get('host') ?? 'localhost') : decodeURIComponent(hostname);
    return `postgres://${host}:${port === '' ? (searchParams.get('port') ?? '5432') : port}${pathname}`;
  } catch {
    // Whatever it is, it may hold a secret.
    return 'postgres';
  }
};
