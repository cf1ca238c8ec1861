import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem.ts';
import { useFieldText } from '../../ui/errors/field-text.ts';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { PasskeyError } from './browser-passkey.ts';

/** Says why a passkey could not be created or used. */
export const PasskeyProblem = ({ error }: { readonly error: unknown }) => {
  const { t } = useTranslation();
  const text = useFieldText();
  if (error instanceof PasskeyError) {
    return (
      <Alert color="red" variant="outline" role="alert">
        {t(error.known ? 'passkeys.known' : 'passkeys.cancelled')}
      </Alert>
    );
  }
  const [field] = asProblem(error).detail.fields;
  return field === undefined ? (
    <ProblemNote error={error} />
  ) : (
    <Alert color="red" variant="outline" role="alert">
      {text(field)}
    </Alert>
  );
};
