import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { passkeySupport } from '../passkeys/browser-passkey.ts';
import { NewPasskey } from '../passkeys/new-passkey.tsx';
import { EnrolTotp } from './enrol-totp.tsx';

interface MustEnrolProps {
  readonly onConfirmed: () => void;
  readonly onDone: () => void;
}

/** Stands in place of every page until somebody who must have a second factor has set one up. */
export const MustEnrol = ({ onConfirmed, onDone }: MustEnrolProps) => {
  const { t } = useTranslation();
  const [means, setMeans] = useState<'app' | 'passkey'>('app');
  const other = means === 'app' ? 'passkey' : 'app';
  return (
    <>
      <PageHead title={t('factor.mustTitle')} />
      <Card>
        <Text>{t('factor.mustLead')}</Text>
        {means === 'app' ? (
          <EnrolTotp onConfirmed={onConfirmed} onDone={onDone} />
        ) : (
          <NewPasskey onCreated={onConfirmed} onDone={onDone} />
        )}
        {passkeySupport() === 'available' ? (
          <Button
            variant="subtle"
            onClick={() => {
              setMeans(other);
            }}
          >
            {t(means === 'app' ? 'passkeys.insteadOfApp' : 'passkeys.insteadOfPasskey')}
          </Button>
        ) : null}
      </Card>
    </>
  );
};
