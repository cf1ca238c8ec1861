import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { EnrolTotp } from './enrol-totp.tsx';

interface MustEnrolProps {
  readonly onConfirmed: () => void;
  readonly onDone: () => void;
}

/** Stands in place of every page until somebody who must have a second factor has set one up. */
export const MustEnrol = (props: MustEnrolProps) => {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('factor.mustTitle')} />
      <Card>
        <Text>{t('factor.mustLead')}</Text>
        <EnrolTotp {...props} />
      </Card>
    </>
  );
};
