import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LedgerEntry } from '../../api/views.ts';
import { StateBadge } from '../../ui/state-badge.tsx';

const TONES = {
  revoked: 'denied',
  expired: 'denied',
  holder_deleted: 'denied',
  holder_denied: 'denied',
  superseded: 'pending',
  in_force: 'approved',
} as const;

/** What has become of a certificate, and where its holder differs from what it says. */
export const CertificateState = ({ entry }: { readonly entry: LedgerEntry }) => {
  const { t } = useTranslation();
  const { state, revocation_reason: reason, role, holder } = entry;
  const changed = holder !== undefined && role !== '' && holder.role !== '' && holder.role !== role;
  return (
    <>
      <StateBadge tone={TONES[state]}>
        {reason === undefined
          ? t(`certificateState.${state}`)
          : t('certificateState.revokedFor', { reason: t(`revocation.reasons.${reason}`) })}
      </StateBadge>
      {changed ? (
        <Text size="sm">{t('certificateState.issuedAs', { then: role, now: holder.role })}</Text>
      ) : null}
      {entry.key_origin === 'site' ? <Text size="sm">{t('certificateState.keyAtSite')}</Text> : null}
    </>
  );
};
