import { useMantineColorScheme as useColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { PATHS, pagesOf } from '../../ui/page-list.ts';
import { chooseLanguage } from '../../i18n/setup.ts';
import { CommandPalette } from '../../ui/command-palette.tsx';
import { useSession } from '../session/session-context.ts';
import { useLeave } from '../session/use-leave.ts';
import { openShortcuts } from './palette-state.ts';

/** Ctrl-K: every page of the role and the actions that need no page. */
export const Palette = ({ onClose }: { readonly onClose: () => void }) => {
  const { t, i18n } = useTranslation();
  const { role } = useSession();
  const navigate = useNavigate();
  const { leave } = useLeave();
  const { toggleColorScheme } = useColorScheme();
  const pages = pagesOf(role, true).map((page) => ({
    id: page,
    label: t(`nav.${page}`),
    onClick: () => void navigate(PATHS[page]),
  }));
  const other = i18n.language === 'de' ? 'en' : 'de';
  const actions = [
    { id: 'scheme', label: t('palette.toggleScheme'), onClick: toggleColorScheme },
    {
      id: 'language',
      label: other === 'de' ? 'Deutsch' : 'English',
      onClick: () => void chooseLanguage(other),
    },
    {
      id: 'shortcuts',
      label: t('nav.shortcuts'),
      onClick: () => {
        setTimeout(openShortcuts);
      },
    },
    {
      id: 'log-out',
      label: t('nav.logOut'),
      onClick: leave,
    },
  ];
  return (
    <CommandPalette
      groups={[
        { group: t('palette.pages'), actions: pages },
        { group: t('palette.actions'), actions },
      ]}
      placeholder={t('palette.placeholder')}
      nothing={t('palette.nothing')}
      onClose={onClose}
    />
  );
};
