import { ActionIcon, Menu, useMantineColorScheme as useColorScheme } from '@mantine/core';
import { IconSettings } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../../contract/languages.ts';
import { useChooseLanguage } from '../features/account/use-choose-language.ts';
import { LANGUAGE_NAMES } from '../i18n/setup.ts';

const SCHEMES = [
  ['light', 'light'],
  ['dark', 'dark'],
  ['auto', 'system'],
] as const;

/** Language and colors; open from the start, since the first press on its button is what loads it. */
export const SettingsMenu = () => {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useColorScheme();
  const choose = useChooseLanguage();
  const label = t('nav.settings');
  const button = useRef<HTMLButtonElement>(null);
  return (
    <Menu
      defaultOpened
      position="bottom-end"
      transitionProps={{ duration: 0 }}
      withInitialFocusPlaceholder={false}
      onClose={() => button.current?.focus()}
    >
      <Menu.Target>
        <ActionIcon ref={button} variant="default" size="lg" aria-label={label} title={label}>
          <IconSettings size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        <Menu.Label>{t('nav.language')}</Menu.Label>
        {LANGUAGES.map((language) => (
          <Menu.RadioItem
            key={language}
            lang={language}
            value={language}
            checked={i18n.language === language}
            closeMenuOnClick
            onChange={() => void choose(language)}
          >
            {LANGUAGE_NAMES[language]}
          </Menu.RadioItem>
        ))}
        <Menu.Label>{t('nav.scheme')}</Menu.Label>
        {SCHEMES.map(([scheme, name]) => (
          <Menu.RadioItem
            key={scheme}
            value={scheme}
            checked={colorScheme === scheme}
            closeMenuOnClick
            onChange={() => {
              setColorScheme(scheme);
            }}
          >
            {t(`nav.${name}`)}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};
