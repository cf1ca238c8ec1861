import { Alert, List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem.ts';
import { useFieldText } from '../../ui/errors/field-text.ts';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';

const COLUMN = /^columns\./;
const LINE = /^lines\.(\d+)\.(.+)$/;

/** Says what is wrong with a whole table: with its form or with its columns. */
export const TableRefusal = ({ error }: { readonly error: unknown }) => {
  const { t } = useTranslation();
  const fieldText = useFieldText();
  const { fields } = asProblem(error).detail;
  if (fields.length === 0) {
    return <ProblemNote error={error} title={t('imports.fileRefused')} />;
  }
  const placeOf = (path: string): string => {
    const cell = LINE.exec(path);
    if (cell !== null) {
      return `${t('imports.line')} ${cell[1] ?? ''}, ${cell[2] ?? ''}: `;
    }
    return COLUMN.test(path) ? `${path.replace(COLUMN, '')}: ` : '';
  };
  return (
    <Alert color="red" variant="outline" role="alert" title={t('imports.fileRefused')}>
      <List size="sm" listStyleType="none">
        {fields.map((field) => (
          <List.Item key={field.path}>{placeOf(field.path) + fieldText(field)}</List.Item>
        ))}
      </List>
    </Alert>
  );
};
