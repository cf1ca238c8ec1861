import { AppShell, Badge, VisuallyHidden } from '@mantine/core';
import {
  IconBuildingHospital,
  IconCertificate,
  IconClipboardList,
  IconDownload,
  IconHome,
  IconInbox,
  IconMail,
  IconServer,
  IconSettingsCog,
  IconSnowflake,
  IconSitemap,
  IconUser,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useWaitingCount } from '../features/inbox/waiting-count.ts';
import { useSession } from '../features/session/session-context.ts';
import { NavigationLink } from '../ui/link.tsx';
import { useTitleCount } from '../ui/page-title.ts';
import { PATHS, pagesOf, type PageName } from '../ui/page-list.ts';

const ICONS: Readonly<Record<PageName, Icon>> = {
  home: IconHome,
  inbox: IconInbox,
  users: IconUsers,
  sites: IconSitemap,
  organizations: IconBuildingHospital,
  project: IconSettingsCog,
  server: IconServer,
  freeze: IconSnowflake,
  downloads: IconDownload,
  certificates: IconCertificate,
  audit: IconClipboardList,
  messages: IconMail,
  me: IconUser,
};

const WaitingCount = () => {
  const { t } = useTranslation();
  const count = useWaitingCount();
  useTitleCount(count);
  if (count === 0) {
    return null;
  }
  return (
    <Badge size="md" color="pine" variant="filled">
      <span aria-hidden>{count}</span>
      <VisuallyHidden>{t('nav.waiting', { count })}</VisuallyHidden>
    </Badge>
  );
};

/** The menu of the pages that the person's role may open. */
export const Navigation = ({ onGo }: { readonly onGo: () => void }) => {
  const { t } = useTranslation();
  const { role, user } = useSession();
  return (
    <AppShell.Navbar p="xs" aria-label={t('nav.label')}>
      <div className="menu-scroll">
        {pagesOf(role, user !== undefined).map((page) => {
          const PlaceIcon = ICONS[page];
          return (
            <NavigationLink
              key={page}
              to={PATHS[page]}
              label={t(`nav.${page}`)}
              icon={<PlaceIcon size={18} aria-hidden />}
              count={page === 'inbox' ? <WaitingCount /> : null}
              onClick={onGo}
            />
          );
        })}
      </div>
    </AppShell.Navbar>
  );
};
