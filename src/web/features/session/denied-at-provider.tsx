import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ssoDenialQuery } from '../../api/queries.ts';
import { AskAgain } from './ask-again.tsx';

/** Says why somebody was denied who has logged in at the identity provider, and lets them ask again. */
export const DeniedAtProvider = ({ provider }: { readonly provider: string }) => {
  const { t } = useTranslation();
  const denial = useQuery(ssoDenialQuery);
  const [isLeft, setIsLeft] = useState(false);
  if (isLeft) {
    return null;
  }
  if (denial.isSuccess) {
    return (
      <AskAgain
        denial={denial.data}
        onBack={() => {
          setIsLeft(true);
        }}
      />
    );
  }
  return denial.isError ? (
    <Alert color="red" variant="outline" role="alert">
      {t('sso.outcome.account_denied', { provider })}
    </Alert>
  ) : null;
};
