import { Text } from '@mantine/core';
import { useState } from 'react';
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

const DAY_MS = 86_400_000;
/** Days before expiry at which a certificate says so, in bold, and as a warning. */
const NOTICE = { said: 90, strong: 30, urgent: 7 } as const;

/** Shows how long a certificate that can still be used is valid; nothing while that is long. */
const DaysLeft = ({ entry }: { readonly entry: LedgerEntry }) => {
  const { t } = useTranslation();
  const [now] = useState(() => Date.now());
  const days = Math.ceil((Date.parse(entry.not_after) - now) / DAY_MS);
  if (entry.state !== 'in_force' || days > NOTICE.said) {
    return null;
  }
  const text = t('certificateState.expires', { count: days });
  if (days <= NOTICE.urgent) {
    return <StateBadge tone="denied">{text}</StateBadge>;
  }
  return (
    <Text size="sm" fw={days <= NOTICE.strong ? 600 : 400}>
      {text}
    </Text>
  );
};

/** Shows what has become of a certificate, and where its holder differs from what it says. */
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
      <DaysLeft entry={entry} />
      {entry.outdated === undefined ? null : <Text size="sm">{t('reissue.awaited')}</Text>}
      {changed ? (
        <Text size="sm">{t('certificateState.issuedAs', { then: role, now: holder.role })}</Text>
      ) : null}
      <Text size="sm" c="dimmed">
        {t(entry.key_origin === 'site' ? 'certificateState.keyAtSite' : 'certificateState.keyHere')}
      </Text>
    </>
  );
};
