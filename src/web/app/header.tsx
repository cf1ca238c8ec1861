import { ActionIcon, AppShell, Burger, Button, Group } from '@mantine/core';
import { BASE } from '../api/base.ts';
import { useDisclosure } from '@mantine/hooks';
import { IconKeyboard, IconLogout, IconSearch, IconSettings } from '@tabler/icons-react';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { openPalette, openShortcuts } from '../features/palette/palette-state.ts';
import { useSession } from '../features/session/session-context.ts';
import { useLeave } from '../features/session/use-leave.ts';
import { TextLink } from '../ui/link.tsx';
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
      <ActionIcon hiddenFrom="sm" variant="default" size="lg" aria-label={t('nav.logOut')} onClick={leave}>
        <IconLogout size={18} aria-hidden />
      </ActionIcon>
    </>
  );
};

/** The banner: where one is, search, help, language and colours, the way out. */
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
              aria-label={t('common.menu')}
              aria-expanded={menuOpen}
            />
          ) : null}
          <img src={`${BASE}/favicon.svg`} alt="" width={28} height={28} />
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
            onClick={openShortcuts}
          >
            <IconKeyboard size={18} aria-hidden />
          </ActionIcon>
          <Settings />
          {user ? <LogOut /> : null}
        </Group>
      </Group>
    </AppShell.Header>
  );
};
