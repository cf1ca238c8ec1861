import { Email, OrganizationName } from '../../contract/names.ts';
import { isRole } from '../../contract/roles.ts';
import type { TargetRelease } from '../../contract/releases.ts';
import type { ImportedUser, NotTaken } from './import-plan.ts';
import { shown, type Mapping } from './project-document.ts';
import { takeProps } from './take-props.ts';

interface Checked {
  readonly success: boolean;
  readonly error?:
    { readonly issues: readonly { readonly code: string; readonly message: string }[] } | undefined;
}

/** Why a value cannot be a name; undefined when it can. */
export const nameProblem = ({ success, error }: Checked): string | undefined => {
  if (success) {
    return undefined;
  }
  const [issue] = error?.issues ?? [];
  return issue === undefined || issue.code === 'invalid_type' ? 'is not a text' : issue.message;
};

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === '';

/**
 * Why a participant with this name and organization cannot be taken; undefined when it can. YAML reads a name such as
 * `7` or `no` as something else than a text.
 */
export const participantProblem = (
  { name, org }: Mapping,
  checkedName: Checked,
  checkedOrganization: Checked,
): string | undefined => {
  for (const [what, value] of [
    ['name', name],
    ['organization', org],
  ] as const) {
    if (isMissing(value)) {
      return `its ${what} is missing`;
    }
    if (typeof value !== 'string') {
      return `its ${what} ${shown(value)} is not a text; put it in quotes`;
    }
  }
  return (
    nameProblem(checkedName) ??
    (checkedOrganization.success
      ? undefined
      : `the organization "${shown(org)}" ${nameProblem(checkedOrganization) ?? ''}`)
  );
};

/** Names a participant in a line of what cannot be taken. */
export const participantPlace = (type: string, name: unknown): string =>
  isMissing(name) ? `${type} without a name` : `${type} ${shown(name)}`;

/** Returns the people with a console; those who cannot be taken are reported. */
export const planPeople = (
  participants: readonly Mapping[],
  release: TargetRelease,
  notTaken: NotTaken,
): readonly ImportedUser[] => {
  const users = new Map<string, ImportedUser>();
  for (const { name, type, org, role, ...props } of participants) {
    if (type !== 'admin') {
      continue;
    }
    const where = participantPlace('admin', name);
    const email = Email.safeParse(name);
    const organization = OrganizationName.safeParse(org);
    const problem =
      participantProblem({ name, org }, email, organization) ??
      (typeof role === 'string' && isRole(role)
        ? undefined
        : `the role ${JSON.stringify(role ?? props['roles'] ?? '')} is none of this dashboard's`) ??
      (users.has(shown(name).toLowerCase()) ? 'is there twice' : undefined);
    if (problem !== undefined || !email.success || !organization.success || typeof role !== 'string') {
      notTaken.add(where, problem ?? '');
      continue;
    }
    if (!isRole(role)) {
      continue;
    }
    users.set(email.data.toLowerCase(), {
      email: email.data,
      organization: organization.data,
      role,
      props: takeProps('admin', props, { where, release, notTaken }),
    });
  }
  return [...users.values()];
};
