import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportedRow } from '../../api/views.ts';
import { useFieldText } from '../../ui/errors/field-text.ts';
import { StateBadge } from '../../ui/state-badge.tsx';

/** More rows than this say nothing more and make the dialog slow. */
const MAX_SHOWN = 100;

const RowResult = ({ row }: { readonly row: ImportedRow }) => {
  const { t } = useTranslation();
  const fieldText = useFieldText();
  if (row.problems.length > 0) {
    return (
      <div>
        {row.problems.map(({ path, code = '' }) => (
          <div key={path + code}>
            <StateBadge tone="denied">
              {`${path.split('.').at(-1) ?? ''}: ${fieldText({ path, code })}`}
            </StateBadge>
          </div>
        ))}
      </div>
    );
  }
  const names = row.similar_organizations.join(', ');
  const remark = names === '' ? t('imports.newOrganization') : t('imports.similar', { names });
  return row.new_organization ? (
    <StateBadge tone="pending">{remark}</StateBadge>
  ) : (
    <StateBadge tone="approved">{t('imports.ready')}</StateBadge>
  );
};

/** The rows of a table as they would be imported; those with errors come first. */
export const ImportPreview = ({ rows }: { readonly rows: readonly ImportedRow[] }) => {
  const { t } = useTranslation();
  const columns = Object.keys(rows[0]?.cells ?? {});
  const wrong = rows.filter(({ problems }) => problems.length > 0);
  const ordered = [...wrong, ...rows.filter(({ problems }) => problems.length === 0)];
  const isSound = wrong.length === 0;
  const hidden = Math.max(rows.length - MAX_SHOWN, 0);
  return (
    <>
      <Alert color={isSound ? 'pine' : 'red'} variant="outline" role="status">
        {isSound ? t('imports.allGood', { count: rows.length }) : t('imports.wrong', { count: wrong.length })}
      </Alert>
      <div className="scroll-x" role="region" aria-label={t('imports.preview')} tabIndex={0}>
        <table className="plain-table cards">
          <thead>
            <tr>
              <th scope="col">{t('imports.line')}</th>
              {columns.map((column) => (
                <th scope="col" key={column}>
                  {column}
                </th>
              ))}
              <th scope="col">{t('imports.result')}</th>
            </tr>
          </thead>
          <tbody>
            {ordered.slice(0, MAX_SHOWN).map((row) => (
              <tr key={row.line}>
                <td data-label={t('imports.line')}>{row.line}</td>
                {columns.map((column) => (
                  <td key={column} data-label={column}>
                    {row.cells[column]}
                  </td>
                ))}
                <td data-label={t('imports.result')}>
                  <RowResult row={row} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 ? <Text size="sm">{t('imports.more', { count: hidden })}</Text> : null}
    </>
  );
};
