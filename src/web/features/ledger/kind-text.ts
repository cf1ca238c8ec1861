import { useTranslation } from 'react-i18next';

const KINDS = ['server', 'overseer', 'client', 'admin', 'listener', 'job-ca'] as const;

/** What a certificate is for, in the page's language. */
export const useKindText = (): ((kind: string) => string) => {
  const { t } = useTranslation();
  return (kind) => {
    const known = KINDS.find((candidate) => candidate === kind);
    return known ? t(`certificates.kinds.${known}`) : kind;
  };
};
