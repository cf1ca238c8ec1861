import { sql } from 'kysely';
import type { Reader, Trx } from './database.ts';
import { prepared } from './prepared.ts';

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

/** A site or user that has a name. */
export interface NamedParticipant {
  readonly kind: 'client' | 'user';
  readonly id: number;
}

/** Returns the sites and users (by e-mail) that have the name, in any case. */
export const participantsNamed = async (
  db: Reader | Trx,
  name: string,
): Promise<readonly NamedParticipant[]> => {
  const lower = name.toLowerCase();
  return [
    ...(await sites(db, { lower })).map(({ id }) => ({ kind: 'client' as const, id })),
    ...(await users(db, { lower })).map(({ id }) => ({ kind: 'user' as const, id })),
  ];
};
