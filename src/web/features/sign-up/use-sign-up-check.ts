import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { passwordWeakness } from '../../../contract/password-weakness.ts';
import { projectQuery } from '../../api/queries.ts';
import { useNameCheck } from '../../ui/forms/name-checks.ts';
import { useSiteCheck } from '../sites/site-checks.ts';
import type { SignUpStep, SignUpValues } from './sign-up-values.ts';

const MIN_PASSWORD = 8;

type Errors = Readonly<Record<string, string>>;

const onlyErrors = (checks: Readonly<Record<string, string | null>>): Errors =>
  Object.fromEntries(
    Object.entries(checks).flatMap(([path, error]) => (error === null ? [] : [[path, error]])),
  );

/** Checks one step of the sign-up; gives the errors by field. */
export const useSignUpCheck = () => {
  const { t } = useTranslation();
  const name = useNameCheck();
  const site = useSiteCheck();
  const { data: project } = useQuery(projectQuery);
  const password = (values: SignUpValues): string | null => {
    if (values.password.length < MIN_PASSWORD) {
      return t('check.tooShort', { min: MIN_PASSWORD });
    }
    // The backend knows longer lists; what is told here spares the way through the other steps.
    const weakness = passwordWeakness(values.password, { ...values, project });
    return weakness === undefined ? null : t(`errors.fields.${weakness}`);
  };
  const checks = {
    you: (values: SignUpValues) => ({
      email: name('email', values.email),
      name: values.name.trim() === '' ? t('check.required') : null,
      password: password(values),
    }),
    role: (values: SignUpValues) => ({ organization: name('organization', values.organization) }),
    sites: (values: SignUpValues) =>
      Object.fromEntries(
        values.sites.flatMap((entry, at) => {
          const errors = site(entry);
          const twice =
            values.sites.findIndex((other) => other.name === entry.name) < at ? t('check.twice') : null;
          return Object.entries({ ...errors, name: errors.name ?? twice }).map(
            ([field, error]) => [`sites.${at}.${field}`, error] as const,
          );
        }),
      ),
  };
  return (step: SignUpStep, values: SignUpValues): Errors => onlyErrors(checks[step](values));
};
