import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { approvalOf } from '../../../contract/approval.ts';
import type { ShownChange } from '../../api/problem.ts';

/** Fields that the page calls by a name of its own. */
const FIELDS = {
  name: 'name',
  email: 'email',
  organization: 'organization',
  role: 'role',
  description: 'description',
  approval_state: 'approval_state',
  creator_id: 'creator_id',
  capacity: 'capacity',
  alternative_names: 'alternative_names',
  props: 'props',
} as const;

const isNamed = (field: string): field is keyof typeof FIELDS => Object.hasOwn(FIELDS, field);

/** Says in the page's language what has changed since it was shown, with both values. */
export const useChangeText = (): ((change: ShownChange) => string) => {
  const { t } = useTranslation();
  return useCallback(
    ({ field, seen, now }) => {
      const shown = (value: string): string => {
        if (value === '') {
          return t('errors.changes.nothing');
        }
        return field === 'approval_state'
          ? t(`states.${approvalOf(Number(value))}`)
          : t('errors.changes.quoted', { value });
      };
      const name = isNamed(field) ? t(`errors.changes.fields.${FIELDS[field]}`) : field;
      return typeof seen === 'string'
        ? t('errors.changes.both', { field: name, seen: shown(seen), now: shown(now) })
        : t('errors.changes.now', { field: name, now: shown(now) });
    },
    [t],
  );
};
