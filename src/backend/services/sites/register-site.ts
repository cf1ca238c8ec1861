import type { Props, Capacity } from '../../../contract/kit.ts';
import type { ParticipantType } from '../../../contract/participant-type.ts';
import type { AuditWriter } from '../../context/context.ts';
import type { Trx } from '../../store/database.ts';
import { findOrCreateId } from '../../store/named-rows.ts';
import { insertClient } from '../../store/sites.ts';
import { propsText } from '../../store/stored-json.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { requireFreeNames } from '../names/require-free-name.ts';
import { checkClientFields, listenerClaims } from './site-fields.ts';

/** A site as somebody registers it. */
export interface NewSite {
  readonly name: string;
  readonly organization: string;
  readonly description?: string | undefined;
  readonly props?: Props | null | undefined;
  readonly capacity: Capacity;
  readonly creatorId: number;
  readonly approvalState: number;
  /** `client` unless given. */
  readonly type?: ParticipantType | undefined;
}

/**
 * Registers a site.
 *
 * @returns its id
 * @throws ApiError `invalid`, `conflicting` when the name is taken
 */
export const registerSite = async (
  { trx, audit }: { readonly trx: Trx; readonly audit: AuditWriter },
  site: NewSite,
  now: Date,
): Promise<number> => {
  const { name, organization, type = 'client' } = site;
  const props = type === 'relay' ? (site.props ?? {}) : site.props;
  await checkClientFields(trx, { name, organization, props }, { name, type });
  const claimant = { kind: 'client', id: undefined, holder: '', organization } as const;
  await requireFreeNames(trx, claimant, [
    { name, use: 'participant', path: 'name' },
    ...listenerClaims(props),
  ]);
  const at = toTimestamp(now);
  const id = await insertClient(trx, {
    name,
    description: site.description ?? '',
    organizationId: await findOrCreateId(trx, 'organization', organization, at),
    creatorId: site.creatorId,
    capacity: JSON.stringify(site.capacity),
    props: propsText(props),
    approvalState: site.approvalState,
    type,
    at,
  });
  await audit('client.create', `client:${name}`, {
    id,
    organization,
    ...(type === 'relay' ? { type } : {}),
  });
  return id;
};
