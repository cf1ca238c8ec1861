import { useTranslation } from 'react-i18next';
import { TextLink } from '../ui/link.tsx';
import { PATHS } from '../ui/page-list.ts';

/** Help, and which version this is. */
export const Footer = () => {
  const { t } = useTranslation();
  return (
    <footer className="page-footer">
      <TextLink to={PATHS.help}>{t('footer.help')}</TextLink>
      <span>{t('footer.version', { version: __VERSION__ })}</span>
      <TextLink to={`${PATHS.help}#news`}>{t('footer.news')}</TextLink>
    </footer>
  );
};
