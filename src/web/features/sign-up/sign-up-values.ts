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
  /** Never part of the draft: it is given anew. */
  readonly accepted: boolean;
}

/** Draft that the tab keeps until it is sent: everything but the password. */
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
  accepted: false,
};

/** Describes what an invitation says about the person. */
export interface Invited {
  readonly token: string;
  /** Empty: anybody's. */
  readonly email: string;
  readonly organization: string;
  readonly role: string;
}

/** The steps of a role: only org admins name sites, and an invitation has chosen the role already. */
export const stepsOf = (role: string, isInvited: boolean): readonly SignUpStep[] => [
  'you',
  ...(isInvited ? [] : (['role'] as const)),
  ...(role === 'org_admin' ? (['sites'] as const) : []),
];

/** Which step shows a field that the server refused. */
export const stepWithField = (path: string, steps: readonly SignUpStep[]): number => {
  if (path === 'accepted_terms') {
    return steps.length - 1;
  }
  const step = path.startsWith('sites')
    ? 'sites'
    : path === 'organization' || path === 'role'
      ? 'role'
      : 'you';
  return Math.max(0, steps.indexOf(step));
};
