import type { ProjectTokenRow } from '../store/schema.ts';
import { storedScopes } from '../store/stored-scopes.ts';
import { fromTimestamp } from '../store/timestamp.ts';
import type { Principal } from './principal.ts';

/** Id of a principal that is no person: no account has it. */
export const NOBODY = 0;

/** Actor of what was done with a token of the project; no e-mail looks like it. */
export const projectTokenActor = ({ name }: Pick<ProjectTokenRow, 'name'>): string => `token:${name}`;

const ACTOR = /^token:(?<name>.+)$/;

/** @returns undefined for another kind of actor */
export const projectTokenName = (actor: string): string | undefined => ACTOR.exec(actor)?.groups?.['name'];

/** Reads a token of the project as a principal with the rights of a project admin; undefined when it has expired. */
export const projectTokenPrincipalOf = (found: ProjectTokenRow, now: Date): Principal | undefined => {
  const expires = fromTimestamp(found.expires_at);
  if (expires <= now) {
    return undefined;
  }
  const opened = fromTimestamp(found.created_at);
  return {
    id: NOBODY,
    email: projectTokenActor(found),
    role: 'project_admin',
    organization: '',
    approval: 'approved',
    mustChangePassword: false,
    passwordChangeRequired: false,
    secondFactor: 'none',
    external: false,
    session: found.id,
    scopes: storedScopes(found.scopes),
    opened,
    used: fromTimestamp(found.used_at),
    confirmed: fromTimestamp(''),
    expires,
  };
};
