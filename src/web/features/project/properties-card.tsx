import { Alert, Code, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { propertiesQuery } from '../../api/queries.ts';
import type { FileProperties } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';

const SECTIONS = ['project', 'server', 'client', 'admin'] as const;

const Problems = ({ source, problems }: FileProperties) => {
  const { t } = useTranslation();
  return (
    <Alert color="red" variant="outline" title={t('properties.wrong', { file: source })}>
      <ul>
        {problems.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            {path === '' ? null : <Code>{path}</Code>} {message}
          </li>
        ))}
      </ul>
      <Text size="sm">{t('properties.refused')}</Text>
    </Alert>
  );
};

const Warnings = ({ source, warnings }: FileProperties) => {
  const { t } = useTranslation();
  return (
    <Alert color="yellow" variant="outline" title={t('properties.withoutEffect', { file: source })}>
      <ul>
        {warnings.map(({ path }) => (
          <li key={path}>
            <Code>{path}</Code>
          </li>
        ))}
      </ul>
    </Alert>
  );
};

const Settings = ({ properties }: FileProperties) => {
  const { t } = useTranslation();
  const rows = SECTIONS.flatMap((section) =>
    Object.entries(properties[section] ?? {}).map(([name, value]) => ({ section, name, value })),
  );
  return (
    <div className="scroll-x" role="group" aria-label={t('properties.title')} tabIndex={0}>
      <Table className="cards">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('properties.section')}</Table.Th>
            <Table.Th scope="col">{t('properties.name')}</Table.Th>
            <Table.Th scope="col">{t('properties.value')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ section, name, value }) => (
            <Table.Tr key={`${section} ${name}`}>
              <Table.Td data-label={t('properties.section')}>{t(`properties.${section}`)}</Table.Td>
              <Table.Td data-label={t('properties.name')}>
                <Code>{name}</Code>
              </Table.Td>
              <Table.Td data-label={t('properties.value')}>
                <Code>{typeof value === 'string' ? value : JSON.stringify(value)}</Code>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
};

/**
 * Shows what the properties file in the project folder adds to the kits, or what is wrong with it; changed on the host
 * alone.
 */
export const PropertiesCard = () => {
  const { t } = useTranslation();
  const file = useQuery(propertiesQuery);
  return (
    <Card title={t('properties.title')}>
      <Loaded query={file} lines={2}>
        {(found) => (
          <>
            <Text size="sm">
              {found.source === '' ? t('properties.none') : t('properties.lead', { file: found.source })}
            </Text>
            {found.problems.length > 0 ? <Problems {...found} /> : null}
            {found.warnings.length > 0 ? <Warnings {...found} /> : null}
            {Object.keys(found.properties).length > 0 ? <Settings {...found} /> : null}
          </>
        )}
      </Loaded>
    </Card>
  );
};
