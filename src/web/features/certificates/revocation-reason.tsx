import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  isRevocationReason,
  REVOCATION_REASONS,
  type RevocationReason,
} from '../../../contract/revocation.ts';

interface ReasonSelectProps {
  readonly label: string;
  readonly value: RevocationReason | undefined;
  readonly onChange: (reason: RevocationReason | undefined) => void;
  /** Words for choosing none, where that is possible. */
  readonly none?: string;
}

/** Asks why certificates are revoked. */
export const ReasonSelect = ({ label, value, onChange, none }: ReasonSelectProps) => {
  const { t } = useTranslation();
  const reasons = REVOCATION_REASONS.map((reason) => ({
    value: reason,
    label: t(`revocation.reasons.${reason}`),
  }));
  return (
    <NativeSelect
      label={label}
      data={none === undefined ? reasons : [{ value: '', label: none }, ...reasons]}
      value={value ?? ''}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        onChange(isRevocationReason(chosen) ? chosen : undefined);
      }}
    />
  );
};
