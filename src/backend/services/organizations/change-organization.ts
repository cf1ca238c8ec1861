import type {
  OrganizationCreate,
  OrganizationPatch,
  OrganizationView,
} from '../../../contract/api/organization.ts';
import { certificateName } from '../../../contract/certificate-name.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import { PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import type { Trx } from '../../store/database.ts';
import { findOrCreateId } from '../../store/named-rows.ts';
import {
  countCertificatesOf,
  countMembers,
  deleteOrganization,
  moveParticipants,
  organizationByName,
  renameInInvitations,
  updateOrganization,
} from '../../store/organization-details.ts';
import type { OrganizationRow } from '../../store/schema.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { refuseFields } from '../users/user-fields.ts';
import { organizationView } from './organization-view.ts';

const requireName = (name: string): void => {
  if (name === '') {
    refuseFields([{ path: 'name', code: 'missing', message: 'is missing, and the display name gives none' }]);
  }
};

const taken = (name: string): ApiError =>
  new ApiError('conflicting', `There is an organization ${name} already.`, {
    fields: [{ path: 'name', code: 'taken', message: 'is the name of another organization' }],
  });

/** @throws ApiError `not_found` */
export const requireOrganization = async (trx: Trx, name: string): Promise<OrganizationRow> => {
  const found = name === '' ? undefined : await organizationByName(trx, name);
  if (found === undefined) {
    throw new ApiError('not_found', 'There is no such organization.');
  }
  return found;
};

const requireNoCertificates = async (trx: Trx, name: string, what: string): Promise<void> => {
  const count = await countCertificatesOf(trx, name);
  if (count > 0) {
    throw new ApiError(
      'conflicting',
      `${count} certificates carry the name ${name}, which cannot be changed there; ${what}.`,
      { fields: [{ path: 'name', code: 'in_certificates', message: 'stands in certificates' }] },
    );
  }
};

const isEmpty = async (trx: Trx, { id, display_name }: OrganizationRow): Promise<boolean> => {
  const { users, sites } = await countMembers(trx, id);
  return display_name === '' && users === 0 && sites === 0;
};

/**
 * Adds an organization before anybody of it has signed up.
 *
 * @throws ApiError `unauthorized`, `invalid`, `conflicting` for a name that is taken
 */
export const createOrganization = async (
  context: ServiceContext,
  requester: Requester,
  { display_name, contacts, name: given }: OrganizationCreate,
): Promise<OrganizationView> => {
  const principal = authorizeUser(requester.principal, 'organizations.change');
  const name = given ?? certificateName(display_name);
  requireName(name);
  refuseFields(
    display_name.trim() === '' ? [{ path: 'display_name', code: 'missing', message: 'is missing' }] : [],
  );
  const at = toTimestamp(context.now());
  return change(context, requester, async (trx, audit) => {
    const present = await organizationByName(trx, name);
    if (present !== undefined && !(await isEmpty(trx, present))) {
      throw taken(name);
    }
    const id = await findOrCreateId(trx, 'organization', name, at);
    await updateOrganization(trx, id, { display_name, contacts, updated_at: at });
    await audit('organization.create', `organization:${name}`, { display_name });
    return organizationView(trx, await requireOrganization(trx, name), principal);
  });
};

const rename = async (trx: Trx, row: OrganizationRow, to: string): Promise<void> => {
  await requireNoCertificates(trx, row.name, 'the display name can be changed at any time');
  const present = await organizationByName(trx, to);
  if (present !== undefined) {
    if (!(await isEmpty(trx, present))) {
      throw taken(to);
    }
    await deleteOrganization(trx, present.id);
  }
  await updateOrganization(trx, row.id, { name: to });
  await renameInInvitations(trx, row.name, to);
};

/**
 * Changes display name and contacts, and the certificate name while no certificate carries it.
 *
 * @throws ApiError `unauthorized`, `not_found`, `invalid`, `conflicting`
 */
export const changeOrganization = async (
  context: ServiceContext,
  requester: Requester,
  name: string,
  patch: OrganizationPatch,
): Promise<OrganizationView> => {
  const principal = authorizeUser(requester.principal, 'organizations.change');
  const to = patch.name ?? name;
  requireName(to);
  return change(context, requester, async (trx, audit) => {
    const row = await requireOrganization(trx, name);
    if (to !== name) {
      await rename(trx, row, to);
      await audit('organization.rename', `organization:${name}`, { to });
    }
    const details = {
      display_name: patch.display_name ?? row.display_name,
      contacts: patch.contacts ?? row.contacts,
    };
    if (details.display_name !== row.display_name || details.contacts !== row.contacts) {
      await updateOrganization(trx, row.id, { ...details, updated_at: toTimestamp(context.now()) });
      await audit('organization.change', `organization:${to}`, {
        fields: Object.keys(patch).filter((key) => key !== 'name'),
      });
    }
    return organizationView(trx, await requireOrganization(trx, to), principal);
  });
};

/**
 * Moves users, sites and invitations of an organization to another one, and removes it.
 *
 * @throws ApiError `unauthorized`, `confirmation_required`, `not_found`, `conflicting` where certificates carry its name
 */
export const mergeOrganization = async (
  context: ServiceContext,
  requester: Requester,
  name: string,
  into: string,
): Promise<OrganizationView> => {
  const principal = authorizeUser(requester.principal, 'organizations.merge');
  requirePresence(principal, context.now(), PRESENCE_MS);
  refuseFields(name === into ? [{ path: 'into', message: 'is the organization itself' }] : []);
  return change(context, requester, async (trx, audit) => {
    const from = await requireOrganization(trx, name);
    const to = await requireOrganization(trx, into);
    await requireNoCertificates(trx, name, 'revoked and expired ones count, too');
    const { users, sites } = await countMembers(trx, from.id);
    await moveParticipants(trx, from.id, to.id);
    await renameInInvitations(trx, name, into);
    await updateOrganization(trx, to.id, {
      display_name: to.display_name === '' ? from.display_name : to.display_name,
      contacts: to.contacts === '' ? from.contacts : to.contacts,
      updated_at: toTimestamp(context.now()),
    });
    await deleteOrganization(trx, from.id);
    await audit('organization.merge', `organization:${name}`, { into, users, sites });
    return organizationView(trx, await requireOrganization(trx, into), principal);
  });
};
