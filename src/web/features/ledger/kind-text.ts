import { useTranslation } from 'react-i18next';
import { CERTIFICATE_KINDS } from '../../../contract/revocation.ts';

/** Returns what a certificate is for, in the page's language. */
export const useKindText = (): ((kind: string) => string) => {
  const { t } = useTranslation();
  return (kind) => {
    const known = CERTIFICATE_KINDS.find((candidate) => candidate === kind);
    return known ? t(`certificates.kinds.${known}`) : kind;
  };
};
