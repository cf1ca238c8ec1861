import { useMantineColorScheme as useColorScheme } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { PATHS, pagesOf } from '../../ui/page-list.ts';
import { LANGUAGES } from '../../../contract/languages.ts';
import { LANGUAGE_NAMES } from '../../i18n/setup.ts';
import { useChooseLanguage } from '../account/use-choose-language.ts';
import { CommandPalette } from '../../ui/command-palette.tsx';
import { useSession } from '../session/session-context.ts';
import { useLeave } from '../session/use-leave.ts';
import { openShortcuts } from './palette-state.ts';
import { useSearch } from './use-search.ts';

/** Ctrl-K: people, sites, organizations, certificates, every page of the role and the actions that need no page. */
export const Palette = ({ onClose }: { readonly onClose: () => void }) => {
  const { t, i18n } = useTranslation();
  const { role } = useSession();
  const [query, setQuery] = useState('');
  const found = useSearch(query);
  const navigate = useNavigate();
  const { leave } = useLeave();
  const { toggleColorScheme } = useColorScheme();
  const choose = useChooseLanguage();
  const pages = pagesOf(role, true).map((page) => ({
    id: page,
    label: t(`nav.${page}`),
    onClick: () => void navigate(PATHS[page]),
  }));
  const actions = [
    { id: 'scheme', label: t('palette.toggleScheme'), onClick: toggleColorScheme },
    ...LANGUAGES.filter((language) => language !== i18n.language).map((language) => ({
      id: `language-${language}`,
      label: LANGUAGE_NAMES[language],
      onClick: () => void choose(language),
    })),
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
      query={query}
      onQuery={setQuery}
      groups={[
        ...found,
        { group: t('palette.pages'), actions: pages },
        { group: t('palette.actions'), actions },
      ]}
      placeholder={t('search.placeholder')}
      nothing={t('palette.nothing')}
      onClose={onClose}
    />
  );
};
