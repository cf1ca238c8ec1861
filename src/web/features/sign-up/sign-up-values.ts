import { z } from 'zod';
import { BLANK_SITE } from '../sites/site-checks.ts';
import type { SiteValues } from '../sites/site-fields.tsx';

const Count = z.union([z.number(), z.string()]);

export interface SignUpValues {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly organization: string;
  readonly role: string;
  readonly sites: readonly SiteValues[];
}

/** What is kept in the tab until it is sent: everything but the password. */
export const SignUpDraft = z.object({
  email: z.string(),
  name: z.string(),
  organization: z.string(),
  role: z.string(),
  sites: z.array(z.object({ name: z.string(), gpus: Count, memory: Count })),
});

export type SignUpStep = 'you' | 'role' | 'sites';

export const BLANK_SIGN_UP: SignUpValues = {
  email: '',
  name: '',
  password: '',
  organization: '',
  role: 'member',
  sites: [BLANK_SITE],
};

/** The steps of a role: only org admins name sites. */
export const stepsOf = (role: string): readonly SignUpStep[] =>
  role === 'org_admin' ? ['you', 'role', 'sites'] : ['you', 'role'];

/** Which step shows a field that the server refused. */
export const stepWithField = (path: string): number => {
  if (path.startsWith('sites')) return 2;
  return path === 'organization' || path === 'role' ? 1 : 0;
};
