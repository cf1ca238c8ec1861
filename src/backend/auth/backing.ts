import { approvalOf } from '../../contract/approval.ts';
import type { Reader, Trx } from '../store/database.ts';
import { projectTokenByName } from '../store/project-tokens.ts';
import { userById } from '../store/users.ts';
import { NOBODY, projectTokenName } from './project-token.ts';

/** Who created a link or token that carries their rights. */
export interface Creator {
  /** {@link NOBODY} for a token of the project. */
  readonly id: number;
  /** E-mail, or actor of the token. */
  readonly name: string;
  /** Stored time of the creation: names of tokens are used again. */
  readonly at: string;
}

/** True while the creator still has the rights of a project admin: as a person, or as a token that was not revoked. */
export const isStillAdmin = async (db: Reader | Trx, { id, name, at }: Creator): Promise<boolean> => {
  if (id === NOBODY) {
    const token = await projectTokenByName(db, projectTokenName(name) ?? '');
    return token !== undefined && token.created_at <= at;
  }
  const person = await userById(db, id);
  return (
    person?.role === 'project_admin' &&
    person.email === name &&
    approvalOf(person.approval_state) === 'approved'
  );
};
