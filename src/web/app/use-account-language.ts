import i18next from 'i18next';
import { useEffect } from 'react';
import { isLanguage } from '../../contract/languages.ts';
import { switchLanguage } from '../i18n/setup.ts';

/** Turns to the language that is kept with the account when somebody logs in, on whichever computer. */
export const useAccountLanguage = (language: string | undefined): void => {
  useEffect(() => {
    if (isLanguage(language) && i18next.language !== language) {
      void switchLanguage(language);
    }
  }, [language]);
};
