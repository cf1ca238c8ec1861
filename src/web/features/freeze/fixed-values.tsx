import { useTranslation } from 'react-i18next';
import type { Project } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';

const portText = (port: unknown): string => (typeof port === 'number' ? String(port) : '');

/** The values that freezing makes final. */
export const FixedValues = ({ project }: { readonly project: Project }) => {
  const { t } = useTranslation();
  const high = project.ha_mode
    ? ([
        [t('server.server2'), project.server2],
        [t('server.overseer'), project.overseer],
      ] as const)
    : [];
  const { fed_learn_port: flPort = '', admin_port: adminPort = '' } = project.server_props ?? {};
  const ports = [
    [t('server.flPort'), portText(flPort)],
    [t('server.adminPort'), portText(adminPort)],
  ].filter(([, port]) => port !== '');
  const values = [
    [t('project.shortName'), project.short_name],
    [t('server.host'), project.server1],
    ...high,
    ...ports,
    [t('project.keyBits'), String(project.key_bits)],
    [t('project.rootDays'), String(project.root_valid_days)],
  ];
  return (
    <Card title={project.frozen ? t('freezeMore.fixedNow') : t('freeze.fixed')}>
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
