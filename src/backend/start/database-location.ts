import { join, resolve } from 'node:path';
import { ENVIRONMENT } from '../../contract/environment.ts';
import { StartError } from '../context/start-error.ts';
import type { DatabaseLocation } from '../store/open.ts';

const SSL_MODES: ReadonlySet<string> = new Set([
  'disable',
  'prefer',
  'require',
  'verify-ca',
  'verify-full',
  'no-verify',
]);

const refused = (what: string, advice: string): StartError =>
  new StartError('badConfiguration', `${ENVIRONMENT.databaseUrl} ${what}.`, advice);

const parse = (text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // A "#", "/" or "@" in a password ends the host's part early and would send the rest to a name server.
  if (url === undefined || url.hash !== '' || url.pathname.includes('@')) {
    throw refused(
      'is not a valid address',
      'Write special characters of user and password in percent-encoding, such as %23 for #, %2F for / and %40 for @.',
    );
  }
  return url;
};

/** @param webRoot folder that relative paths of certificates start from */
const postgresUrl = (text: string, webRoot: string): string => {
  const url = parse(text);
  const { searchParams } = url;
  const mode = searchParams.get('sslmode');
  if (mode !== null && !SSL_MODES.has(mode)) {
    throw refused(`has the unknown sslmode ${mode}`, `Use one of ${[...SSL_MODES].join(', ')}.`);
  }
  for (const name of ['sslrootcert', 'sslcert', 'sslkey']) {
    const path = searchParams.get(name);
    if (path !== null) {
      searchParams.set(name, resolve(webRoot, path));
    }
  }
  if (mode === 'verify-ca' && !searchParams.has('sslrootcert')) {
    throw refused('has sslmode verify-ca without sslrootcert', 'Add sslrootcert=FILE, or use verify-full.');
  }
  // The meanings that PostgreSQL's own programs give to the modes.
  if (mode !== null && mode !== 'no-verify') {
    searchParams.set('uselibpqcompat', 'true');
  }
  return url.href;
};

/**
 * Reads where the database is.
 *
 * @param text `postgres://…` or `sqlite:///…` also in SQLAlchemy's spellings, as NVIDIA's dashboard accepts them;
 *   undefined: db.sqlite in the folder
 * @throws StartError `badConfiguration`, without the password
 */
export const databaseLocation = (text: string | undefined, webRoot: string): DatabaseLocation => {
  if (text === undefined) {
    return { engine: 'sqlite', file: join(webRoot, 'db.sqlite') };
  }
  const sqlite = /^sqlite:\/\/\/(.+)$/.exec(text)?.[1];
  if (sqlite !== undefined) {
    return { engine: 'sqlite', file: sqlite };
  }
  if (/^postgres(ql)?(\+\w+)?:\/\//.test(text)) {
    return {
      engine: 'postgres',
      url: postgresUrl(text.replace(/^postgres(ql)?(\+\w+)?:/, 'postgres:'), webRoot),
    };
  }
  throw refused(
    'names a database this backend does not know',
    'Give postgres://user:password@host:port/name or sqlite:///file, or leave it out.',
  );
};
