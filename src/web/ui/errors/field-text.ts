import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { FIELD_CODES, type FieldCode } from '../../../contract/errors.ts';
import type { RefusedField } from '../../api/problem.ts';

/** Names whose rule the page can state; the last part of a path such as `sites.1.name` decides. */
const RULES = {
  email: 'email',
  creator: 'email',
  organization: 'organization',
  name: 'site',
  server1: 'host',
  server2: 'host',
  overseer: 'host',
  short_name: 'shortName',
  pin: 'pin',
} as const;

const isRuled = (name: string): name is keyof typeof RULES => Object.hasOwn(RULES, name);

const isFieldCode = (code: string): code is FieldCode => FIELD_CODES.some((known) => known === code);

/** Says in the page's language why the backend refused a field. */
export const useFieldText = (): ((field: RefusedField) => string) => {
  const { t } = useTranslation();
  return useCallback(
    ({ path, code }) => {
      if (isFieldCode(code)) {
        return t(`errors.fields.${code}`);
      }
      const name = path.split('.').at(-1) ?? '';
      if (name === 'password') {
        return t('session.passwordRule');
      }
      return isRuled(name) ? t(`check.${RULES[name]}`) : t('errors.fields.refused', { path });
    },
    [t],
  );
};
