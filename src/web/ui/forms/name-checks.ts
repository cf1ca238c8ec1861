import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Email,
  HostName,
  OrganizationName,
  AesPin,
  MIN_AES_PIN,
  MIN_PIN,
  Pin,
  MAX_SHORT_NAME,
  ProjectShortName,
  SiteName,
  isReservedSiteName,
} from '../../../contract/names.ts';

const NAMES = {
  email: { schema: Email, max: 64, min: 1 },
  organization: { schema: OrganizationName, max: 64, min: 1 },
  site: { schema: SiteName, max: 64, min: 1 },
  host: { schema: HostName, max: 128, min: 1 },
  shortName: { schema: ProjectShortName, max: MAX_SHORT_NAME, min: 1 },
  pin: { schema: Pin, max: 64, min: MIN_PIN },
  aesPin: { schema: AesPin, max: 64, min: MIN_AES_PIN },
} as const;
export type NameKind = keyof typeof NAMES;

/** Checks a name by the domain's own rule; gives the reason in the page's language, or null. */
export const useNameCheck = () => {
  const { t } = useTranslation();
  return useCallback(
    (kind: NameKind, value: string): string | null => {
      const { schema, max, min } = NAMES[kind];
      if (value === '') {
        return t('check.required');
      }
      if (value.length > max) {
        return t('check.tooLong', { max });
      }
      if (value.length < min) {
        return t('check.tooShort', { min });
      }
      if (kind === 'site' && isReservedSiteName(value)) {
        return t('check.reservedSite');
      }
      return schema.safeParse(value).success ? null : t(`check.${kind}`);
    },
    [t],
  );
};
