import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, responseOf } from '../../api/client.ts';
import type { LedgerEntry, Site, User } from '../../api/views.ts';
import type { CommandGroup } from '../../ui/command-palette.tsx';
import { PATHS } from '../../ui/page-list.ts';
import { organizationPath } from '../organizations/organization-path.ts';
import { useSession } from '../session/session-context.ts';

const MIN_LENGTH = 2;
const TYPING_MS = 200;
/** Of each kind. */
const FOUND = 5;

interface Found {
  readonly users: readonly User[];
  readonly sites: readonly Site[];
  readonly organizations: readonly string[];
  readonly certificates: readonly LedgerEntry[];
}

const search = async (q: string, admin: boolean): Promise<Found> => {
  const query = { q, limit: FOUND };
  const [users, sites, organizations, certificates] = await Promise.all([
    responseOf(api.GET('/api/v1/users', { params: { query } })),
    responseOf(api.GET('/api/v1/clients', { params: { query } })),
    responseOf(api.GET('/api/v1/organizations', { params: { query } })),
    admin ? responseOf(api.GET('/api/v1/kits', { params: { query } })) : { kits: [] },
  ]);
  return {
    users: users.user_list,
    sites: sites.client_list,
    organizations: organizations.org_list,
    certificates: certificates.kits,
  };
};

/** Returns what the server finds of people, sites, organizations and certificates that the person may see. */
export const useSearch = (typed: string): readonly CommandGroup[] => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { role, approval } = useSession();
  const [text] = useDebouncedValue(typed.trim(), TYPING_MS);
  const admin = role === 'project_admin';
  const wanted = text.length >= MIN_LENGTH && approval === 'approved';
  const { data } = useQuery({
    queryKey: ['search', text],
    queryFn: () => search(text, admin),
    enabled: wanted,
    placeholderData: keepPreviousData,
  });
  if (data === undefined || !wanted) {
    return [];
  }
  const found = (id: string, label: string, description: string, to: string) => ({
    id,
    label,
    description,
    // Matched by the server, perhaps in what is not shown here.
    keywords: typed,
    onClick: () => void navigate(to),
  });
  const organization = (name: string) => found(`organization-${name}`, name, '', organizationPath(name));
  return [
    {
      group: t('search.people'),
      actions: data.users.map((user) =>
        found(
          `user-${user.id}`,
          user.name || user.email,
          `${user.email} · ${user.organization}`,
          admin ? `/users/${user.id}` : organizationPath(user.organization),
        ),
      ),
    },
    {
      group: t('search.sites'),
      actions: data.sites.map((site) =>
        found(`site-${site.id}`, site.name, site.organization, `/sites/${site.id}`),
      ),
    },
    { group: t('search.organizations'), actions: data.organizations.map(organization) },
    {
      group: t('search.certificates'),
      actions: data.certificates.map((entry) =>
        found(
          `certificate-${entry.id}`,
          entry.common_name,
          entry.serial,
          `${PATHS.certificates}?q=${entry.serial}`,
        ),
      ),
    },
  ].filter(({ actions }) => actions.length > 0);
};
