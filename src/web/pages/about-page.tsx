import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '../api/queries.ts';
import { Card } from '../ui/card.tsx';
import { Loaded } from '../ui/errors/loaded.tsx';
import { LinkedText } from '../ui/linked-text.tsx';
import { PageHead } from '../ui/page-head.tsx';

const Section = ({ title, text }: { readonly title: string; readonly text: string }) =>
  text === '' ? null : (
    <Card title={title}>
      <Text className="lines">
        <LinkedText text={text} />
      </Text>
    </Card>
  );

/** Shows whom to ask, the privacy notice and the terms, also to strangers. */
export const AboutPage = () => {
  const { t } = useTranslation();
  const project = useQuery(projectQuery);
  return (
    <>
      <PageHead title={t('face.aboutTitle')} />
      <Loaded query={project} lines={6}>
        {({ contact, privacy_notice: privacy, terms, terms_version: version }) => (
          <>
            {contact + privacy + terms === '' ? <Text>{t('face.nothing')}</Text> : null}
            <Section title={t('face.contact')} text={contact} />
            <Section title={t('face.privacy')} text={privacy} />
            <Section title={`${t('face.terms')} – ${t('face.version', { version })}`} text={terms} />
          </>
        )}
      </Loaded>
    </>
  );
};
