import { APPROVED } from '../../contract/approval.ts';
import type { Peer } from '../../contract/kit.ts';
import { participantTypeOf, type ParticipantType } from '../../contract/participant-type.ts';
import type { Reader, Trx } from './database.ts';
import { propsOf } from './stored-json.ts';

/**
 * Returns the sites and relays that the kits of others may depend on: those with properties.
 *
 * @param least lowest state of approval
 */
export const peersOf = async (db: Reader | Trx, least = APPROVED): Promise<readonly Peer[]> => {
  const rows = await db
    .selectFrom('client')
    .select(['name', 'type', 'props'])
    .where('props', '!=', '')
    .where('approval_state', '>=', least)
    .orderBy('id')
    .execute();
  return rows.map(({ name, type, props }) => ({
    kind: participantTypeOf(type),
    name,
    props: propsOf(props) ?? {},
  }));
};

/** Returns the names of all registered sites or relays. */
export const participantNames = async (db: Reader | Trx, type: ParticipantType): Promise<readonly string[]> =>
  (await db.selectFrom('client').select('name').where('type', '=', type).execute()).map(({ name }) => name);

/** Returns the approved sites with their organizations. */
export const approvedSites = (
  db: Reader | Trx,
): Promise<{ readonly name: string; readonly organization: string }[]> =>
  db
    .selectFrom('client')
    .innerJoin('organization', 'organization.id', 'client.organization_id')
    .select(['client.name', 'organization.name as organization'])
    .where('client.approval_state', '>=', APPROVED)
    .where('client.type', '=', 'client')
    .execute();

/** Returns the e-mail addresses of approved users. */
export const approvedEmails = async (db: Reader | Trx): Promise<readonly string[]> =>
  (await db.selectFrom('user').select('email').where('approval_state', '>=', APPROVED).execute()).map(
    ({ email }) => email,
  );
