import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '../api/queries.ts';
import { TextLink } from '../ui/link.tsx';
import { PATHS } from '../ui/page-list.ts';

/** Help, which version this is, and what the project says of itself. */
export const Footer = () => {
  const { t } = useTranslation();
  const { data: project } = useQuery(projectQuery);
  const { contact = '', privacy_notice = '', terms = '' } = project ?? {};
  return (
    <footer className="page-footer">
      <TextLink to={PATHS.help}>{t('footer.help')}</TextLink>
      <span>{t('footer.version', { version: __VERSION__ })}</span>
      <TextLink to={`${PATHS.help}#news`}>{t('footer.news')}</TextLink>
      {contact + privacy_notice + terms === '' ? null : (
        <TextLink to={PATHS.about}>{t('footer.about')}</TextLink>
      )}
      {contact === '' ? null : <span>{`${t('footer.contact')}: ${contact}`}</span>}
    </footer>
  );
};
