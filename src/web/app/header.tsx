import { ActionIcon, AppShell, Burger, Button, Group } from '@mantine/core';
import { BASE } from '../api/base.ts';
import { projectQuery } from '../api/queries.ts';
import { useDisclosure } from '@mantine/hooks';
import { IconKeyboard, IconLogout, IconSearch, IconSettings, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { logoAddress } from '../features/face/logo-address.ts';
import { openPalette, openShortcuts } from '../features/palette/palette-state.ts';
import { useSession } from '../features/session/session-context.ts';
import { useLeave } from '../features/session/use-leave.ts';
import { TextLink } from '../ui/link.tsx';
import { PATHS } from '../ui/page-list.ts';
import { lazyPart } from '../ui/lazy-part.ts';

interface HeaderProps {
  readonly menuOpen: boolean;
  readonly hasMenu: boolean;
  readonly onMenu: () => void;
}

const SettingsMenu = lazyPart(async () => (await import('./settings-menu.tsx')).SettingsMenu);

/** Stands in for the menu, whose code is heavy, until somebody wants it. */
const Settings = () => {
  const { t } = useTranslation();
  const [wanted, want] = useDisclosure(false);
  const button = (
    <ActionIcon
      variant="default"
      size="lg"
      aria-label={t('nav.settings')}
      title={t('nav.settings')}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={want.open}
    >
      <IconSettings size={18} aria-hidden />
    </ActionIcon>
  );
  if (!wanted) {
    return button;
  }
  return (
    <Suspense fallback={button}>
      <SettingsMenu />
    </Suspense>
  );
};

const LogOut = () => {
  const { t } = useTranslation();
  const { leave, leaving } = useLeave();
  return (
    <>
      <Button
        visibleFrom="sm"
        variant="default"
        leftSection={<IconLogout size={16} aria-hidden />}
        onClick={leave}
        loading={leaving}
      >
        {t('nav.logOut')}
      </Button>
      <ActionIcon
        hiddenFrom="sm"
        variant="default"
        size="lg"
        aria-label={t('nav.logOut')}
        title={t('nav.logOut')}
        onClick={leave}
      >
        <IconLogout size={18} aria-hidden />
      </ActionIcon>
    </>
  );
};

/** Name of the person who is logged in, as a link to the account page. */
const WhoAmI = ({ name, email }: { readonly name: string; readonly email: string }) => {
  const { t } = useTranslation();
  return (
    <Link className="who-am-i" to={PATHS.me} title={t('header.loggedInAs', { email })}>
      <IconUser size={18} aria-hidden />
      <span className="who-am-i-name">{name || email}</span>
    </Link>
  );
};

const Logo = () => {
  const { data: project } = useQuery(projectQuery);
  return project === undefined || project.logo === '' ? (
    <img src={`${BASE}/favicon.svg`} alt="" width={28} height={28} />
  ) : (
    <img className="header-logo" src={logoAddress(project.logo)} alt={project.title} height={28} />
  );
};

/** The banner: where one is, search, help, language and colors, the way out. */
export const Header = ({ menuOpen, hasMenu, onMenu }: HeaderProps) => {
  const { t } = useTranslation();
  const { user } = useSession();
  return (
    <AppShell.Header px={{ base: 'xs', sm: 'md' }}>
      <Group h="100%" justify="space-between" wrap="nowrap" gap="xs">
        <Group gap="xs" wrap="nowrap">
          {hasMenu ? (
            <Burger
              opened={menuOpen}
              onClick={onMenu}
              hiddenFrom="md"
              size="sm"
              aria-label={menuOpen ? t('header.closeMenu') : t('header.openMenu')}
              aria-expanded={menuOpen}
            />
          ) : null}
          <Logo />
          <TextLink to="/">{t('product')}</TextLink>
        </Group>
        <Group gap="xs" wrap="nowrap">
          {user ? (
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={t('nav.openSearch')}
              title={t('nav.openSearch')}
              onClick={openPalette}
            >
              <IconSearch size={18} aria-hidden />
            </ActionIcon>
          ) : null}
          <ActionIcon
            visibleFrom="xs"
            variant="default"
            size="lg"
            aria-label={t('nav.shortcuts')}
            title={t('nav.shortcuts')}
            onClick={openShortcuts}
          >
            <IconKeyboard size={18} aria-hidden />
          </ActionIcon>
          <Settings />
          {user ? <WhoAmI name={user.name} email={user.email} /> : null}
          {user ? <LogOut /> : null}
        </Group>
      </Group>
    </AppShell.Header>
  );
};
