import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isRole } from '../../../contract/roles.ts';
import { Card } from '../../ui/card.tsx';
import { FactList } from '../../ui/fact-list.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import type { SignUpValues } from './sign-up-values.ts';

interface SignUpDoneProps {
  readonly isInvited: boolean;
  readonly values: SignUpValues;
}

/** Says what was sent, who decides and how one learns of it. */
export const SignUpDone = ({ isInvited, values }: SignUpDoneProps) => {
  const { t } = useTranslation();
  const sites = values.role === 'org_admin' ? values.sites.map(({ name }) => name).join(', ') : '';
  return (
    <>
      <PageHead title={isInvited ? t('invitations.signUpDone') : t('signUp.doneTitle')} />
      <Card>
        <Text>{isInvited ? t('invitations.signUpDoneLead') : t('signUp.doneLead')}</Text>
        <FactList
          facts={[
            [t('me.email'), values.email],
            [t('me.name'), values.name],
            [t('me.organization'), values.organization],
            [t('me.role'), isRole(values.role) ? t(`roles.${values.role}`) : ''],
            [t('list.sites'), sites],
          ]}
        />
        <div>
          <ButtonLink to="/">{t('nav.logIn')}</ButtonLink>
        </div>
      </Card>
    </>
  );
};
