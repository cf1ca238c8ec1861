import { IconKeyboard, IconLogout, IconSearch, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useOutcome } from '../features/errors/use-outcome.ts';
import { openPalette, openShortcuts } from '../features/palette/palette-state.ts';
import { useSession } from '../features/session/session-context.ts';
import { useLogOut } from '../features/session/session.ts';
import { chooseLanguage, LANGUAGES } from '../i18n/setup.ts';
import { ActionIcon, Button, Menu, Tooltip } from '../ui/actions.ts';
import { useColorScheme } from '../ui/hooks.ts';
import { AppShell, Burger, Group } from '../ui/layout.ts';
import { TextLink } from '../ui/link.tsx';

interface HeaderProps {
  readonly menuOpen: boolean;
  readonly hasMenu: boolean;
  readonly onMenu: () => void;
}

const LANGUAGE_NAMES = { en: 'English', de: 'Deutsch' } as const;
const SCHEMES = [
  ['light', 'light'],
  ['dark', 'dark'],
  ['auto', 'system'],
] as const;

const Settings = () => {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useColorScheme();
  const label = t('nav.settings');
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={label}>
          <IconSettings size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        <Menu.Label>{t('nav.language')}</Menu.Label>
        {LANGUAGES.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            role="menuitemradio"
            aria-checked={i18n.language === language}
            leftSection={i18n.language === language ? '●' : '○'}
            onClick={() => void chooseLanguage(language)}
          >
            {LANGUAGE_NAMES[language]}
          </Menu.Item>
        ))}
        <Menu.Label>{t('nav.scheme')}</Menu.Label>
        {SCHEMES.map(([scheme, name]) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={colorScheme === scheme}
            leftSection={colorScheme === scheme ? '●' : '○'}
            onClick={() => {
              setColorScheme(scheme);
            }}
          >
            {t(`nav.${name}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};

const LogOut = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const outcome = useOutcome();
  const logOut = useLogOut();
  const leave = () => {
    logOut.mutate(undefined, {
      onError: outcome.failed,
      onSuccess: () => {
        outcome.done(t('session.loggedOut'));
        void navigate('/');
      },
    });
  };
  return (
    <>
      <Button
        visibleFrom="sm"
        variant="default"
        leftSection={<IconLogout size={16} aria-hidden />}
        onClick={leave}
        loading={logOut.isPending}
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
          <img src="/favicon.svg" alt="" width={28} height={28} />
          <TextLink to="/">{t('product')}</TextLink>
        </Group>
        <Group gap="xs" wrap="nowrap">
          {user ? (
            <Tooltip label={t('nav.openSearch')}>
              <ActionIcon variant="default" size="lg" aria-label={t('nav.openSearch')} onClick={openPalette}>
                <IconSearch size={18} aria-hidden />
              </ActionIcon>
            </Tooltip>
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
