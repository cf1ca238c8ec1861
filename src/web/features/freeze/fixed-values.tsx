import { useTranslation } from 'react-i18next';
import type { Project } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';

/** The values that freezing makes final. */
export const FixedValues = ({ project }: { readonly project: Project }) => {
  const { t } = useTranslation();
  const high = project.ha_mode
    ? ([
        [t('server.server2'), project.server2],
        [t('server.overseer'), project.overseer],
      ] as const)
    : [];
  const values = [
    [t('project.shortName'), project.short_name],
    [t('server.host'), project.server1],
    ...high,
    [t('project.keyBits'), String(project.key_bits)],
    [t('project.rootDays'), String(project.root_valid_days)],
  ] as const;
  return (
    <Card title={t('freeze.fixed')}>
      <dl className="facts">
        {values.map(([name, value]) => (
          <div key={name} className="fact">
            <dt>{name}</dt>
            <dd>{value || t('freeze.notSet')}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
};
