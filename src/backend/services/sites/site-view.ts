import { approvalOf } from '../../../contract/approval.ts';
import type { ClientView } from '../../../contract/api/client.ts';
import { participantTypeOf } from '../../../contract/participant-type.ts';
import { isAllowed, type Relation } from '../../auth/authorization.ts';
import type { Principal } from '../../auth/principal.ts';
import { capacityOf, propsOf } from '../../store/stored-json.ts';
import { listeningNamesOf } from '../names/claimed-names.ts';
import type { ClientRow } from '../../store/sites.ts';
import { toHttpDate } from '../../store/timestamp.ts';
import { seenSite, versionOf } from '../approvals/seen-version.ts';

/** Returns how a user stands to a site: `own` needs to have registered it and to be of its organization still. */
export const relationTo = (
  principal: Principal,
  site: { readonly creator_id: number; readonly organization: string },
): Relation => {
  if (principal.organization === '' || principal.organization !== site.organization) {
    return 'foreign';
  }
  return principal.id === site.creator_id ? 'own' : 'organization';
};

const full = (site: ClientRow): ClientView => {
  const props = propsOf(site.props);
  return {
    id: site.id,
    name: site.name,
    type: participantTypeOf(site.type),
    organization: site.organization,
    description: site.description,
    approval_state: site.approval_state,
    approval_reason: site.approval_reason,
    download_count: site.download_count,
    created_at: toHttpDate(site.created_at),
    updated_at: toHttpDate(site.updated_at),
    capacity: capacityOf(site.capacity),
    creator: site.creator,
    alternative_names: [...listeningNamesOf(props)],
    ...(props === undefined ? {} : { props }),
    version: versionOf(seenSite(site)),
  };
};

const reduced = (site: ClientRow): ClientView => ({
  id: site.id,
  name: site.name,
  type: participantTypeOf(site.type),
  organization: site.organization,
  description: '',
  approval_state: site.approval_state,
  approval_reason: '',
  download_count: 0,
  created_at: toHttpDate(site.created_at),
  updated_at: toHttpDate(site.updated_at),
  capacity: { num_of_gpus: 0, mem_per_gpu_in_GiB: 0 },
  creator: '',
});

/**
 * A site as the requester may see it: in full, reduced to what other organizations may know of an approved site,
 * or not at all.
 */
export const clientView = (principal: Principal, site: ClientRow): ClientView | undefined => {
  const relation = relationTo(principal, site);
  if (isAllowed(principal, 'clients.read_full', relation)) {
    return full(site);
  }
  const visible = approvalOf(site.approval_state) === 'approved';
  return visible && isAllowed(principal, 'clients.read', relation) ? reduced(site) : undefined;
};
