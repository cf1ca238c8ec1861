import type { z } from 'zod';
import {
  OrganizationResponse,
  OrganizationsResponse,
  type OrganizationView,
} from '../../contract/api/organization.ts';
import type { ApiClient } from './api-client.ts';

export type NamedOrganization = z.infer<typeof OrganizationsResponse>['organizations'][number];

/** Rows that the API gives at most at a time. */
const PAGE = 1000;

/** Lists all organizations by name. */
export const listOrganizations = async (api: ApiClient): Promise<readonly NamedOrganization[]> => {
  const found: NamedOrganization[] = [];
  for (;;) {
    const path = `/organizations?limit=${PAGE}&offset=${found.length}`;
    const { organizations, total } = await api.call(OrganizationsResponse, { path });
    found.push(...organizations);
    if (organizations.length === 0 || found.length >= total) {
      return found;
    }
  }
};

export const organizationPath = (name: string): string =>
  `/organizations/by-name/${encodeURIComponent(name)}`;

export const readOrganization = async (api: ApiClient, name: string): Promise<OrganizationView> =>
  (await api.call(OrganizationResponse, { path: organizationPath(name) })).organization;
