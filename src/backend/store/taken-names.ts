import { sql } from 'kysely';
import type { Reader, Trx } from './database.ts';
import { prepared } from './prepared.ts';
import { readProject } from './project.ts';

interface Lower {
  readonly lower: string;
}
interface Found {
  readonly id: number;
}

const sites = prepared<Lower, Found>((db, slot) =>
  db
    .selectFrom('client')
    .select('id')
    .where(sql<string>`lower(name)`, '=', slot('lower'))
    .limit(1),
);
const users = prepared<Lower, Found>((db, slot) =>
  db
    .selectFrom('user')
    .select('id')
    .where(sql<string>`lower(email)`, '=', slot('lower'))
    .limit(1),
);

/** True when a site or a user (e-mail) has that name already, in any case. */
export const isParticipantName = async (db: Reader | Trx, name: string): Promise<boolean> => {
  const lower = name.toLowerCase();
  return (await sites(db, { lower })).length > 0 || (await users(db, { lower })).length > 0;
};

/**
 * True when a participant of the project has that name already, in any case: a site, a user (e-mail), a server
 * or the overseer. All names of a FLARE project must differ.
 */
export const isNameTaken = async (db: Reader | Trx, name: string): Promise<boolean> => {
  const lower = name.toLowerCase();
  const project = await readProject(db);
  const hosts = [project.server1, project.server2, project.overseer];
  return hosts.some((host) => host.toLowerCase() === lower) || isParticipantName(db, name);
};
