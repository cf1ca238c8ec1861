import { SecondFactorRule } from '../../contract/api/second-factor.ts';

const DEMANDED: Readonly<Record<SecondFactorRule, (role: string) => boolean>> = {
  nobody: () => false,
  project_admins: (role) => role === 'project_admin',
  admins: (role) => role === 'project_admin' || role === 'org_admin',
  everybody: () => true,
};

/** A stored rule; `nobody` for a text that is none. */
export const ruleOf = (text: string): SecondFactorRule => SecondFactorRule.safeParse(text).data ?? 'nobody';

/** True when somebody of this role must have a second factor. @param rule as stored */
export const demandsFactor = (rule: string, role: string): boolean => DEMANDED[ruleOf(rule)](role);
