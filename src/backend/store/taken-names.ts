import { sql } from 'kysely';
import type { Reader, Trx } from './database.ts';

/** A site or user that has a name. */
export interface NamedParticipant {
  readonly kind: 'client' | 'user';
  readonly id: number;
  /** In lower case. */
  readonly name: string;
}

/** Returns the sites and users (by e-mail) that have one of the names. @param names in lower case */
export const participantsNamed = async (
  db: Reader | Trx,
  names: readonly string[],
): Promise<readonly NamedParticipant[]> => {
  const site = sql<string>`lower(client.name)`;
  const email = sql<string>`lower(${sql.ref('user.email')})`;
  const sites = await db
    .selectFrom('client')
    .select(['id', site.as('name')])
    .where(site, 'in', names)
    .execute();
  const users = await db
    .selectFrom('user')
    .select(['id', email.as('name')])
    .where(email, 'in', names)
    .execute();
  return [
    ...sites.map((row) => ({ kind: 'client' as const, ...row })),
    ...users.map((row) => ({ kind: 'user' as const, ...row })),
  ];
};
