import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { STAGES } from '../../../contract/stages.ts';
import type { Overview } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { Card } from '../../ui/card.tsx';
import { TextLink } from '../../ui/link.tsx';

/** Shows how far the organizations are: from the invitation to the first downloaded kit. */
export const OrganizationProgress = ({
  organizations,
}: {
  readonly organizations: Overview['organizations'];
}) => {
  const { t } = useTranslation();
  const { number } = useFormats();
  const total = STAGES.reduce((sum, stage) => sum + organizations[stage], 0);
  return (
    <Card title={t('overview.progress')}>
      {total === 0 ? (
        <Text>{t('overview.noOrganizations')}</Text>
      ) : (
        <>
          <Text fw={650}>
            {t('overview.ready', { ready: number(organizations.ready), total: number(total), count: total })}
          </Text>
          <div className="stage-bar" aria-hidden>
            {STAGES.toReversed().map((stage) => (
              <span
                key={stage}
                className={`stage-${stage}`}
                style={{ flexGrow: organizations[stage] }}
                hidden={organizations[stage] === 0}
              />
            ))}
          </div>
          <ul className="stages">
            {STAGES.toReversed().map((stage) => (
              <li key={stage}>
                <span className={`stage-mark stage-${stage}`} aria-hidden />
                <TextLink to={`/organizations?stage=${stage}`}>
                  {t(`organizations.stages.${stage}`)}: {number(organizations[stage])}
                </TextLink>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
};
