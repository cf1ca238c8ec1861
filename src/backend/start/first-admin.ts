import { HOST } from '../../contract/audit-actors.ts';
import { SUPER_APPROVED } from '../../contract/approval.ts';
import { readCredential, type CredentialText } from '../../contract/credential.ts';
import { hashPassword } from '../auth/password-hash.ts';
import { passwordProblems } from '../auth/password-rule.ts';
import type { Passwords } from '../auth/passwords.ts';
import { StartError } from '../context/start-error.ts';
import { writeAudit, type AuditKey } from '../store/audit.ts';
import type { Database, Reader, Trx } from '../store/database.ts';
import { findOrCreateId } from '../store/named-rows.ts';
import { readProject } from '../store/project.ts';
import { toTimestamp } from '../store/timestamp.ts';
import { insertUser, PASSWORD_CHANGE, userByEmail } from '../store/users.ts';

const broken = (what: string): StartError =>
  new StartError(
    'noCredential',
    `The credential of the first project admin ${what}.`,
    'Give it as email:password:organization; the organization may be empty.',
  );

/** A project admin to be made, whose password's hash may still be under way. */
export interface FirstAdmin extends Omit<CredentialText, 'password'> {
  readonly hash: Promise<string>;
}

const hasAdmin = async (db: Reader | Trx): Promise<boolean> => {
  const admin = await db
    .selectFrom('user')
    .innerJoin('role', 'role.id', 'user.role_id')
    .where('role.name', '=', 'project_admin')
    .select('user.id')
    .executeTakeFirst();
  return admin !== undefined;
};

/**
 * Says which project admin has to be made: the first one, where the database has none.
 *
 * @returns undefined when there is one
 * @throws StartError `noCredential` when one is needed and none, or no sound one, was given
 */
export const planFirstAdmin = async (
  db: Database,
  credential: string | undefined,
  passwords: Pick<Passwords, 'isListed'>,
): Promise<FirstAdmin | undefined> => {
  if (await hasAdmin(db.reader)) {
    return undefined;
  }
  if (credential === undefined) {
    throw new StartError(
      'noCredential',
      'The project has no admin yet, and no credential was given to make one.',
      'Start it with the dashboard command, or set NVFL_CREDENTIAL to email:password:organization.',
    );
  }
  const read = readCredential(credential);
  if (!read.ok) {
    throw broken(read.error);
  }
  const { email, password, organization } = read.credential;
  if (password === '') {
    throw broken('has no password');
  }
  const project = await readProject(db.reader);
  const [problem] = await passwordProblems(password, { email, organization, project }, passwords);
  if (problem !== undefined) {
    throw broken(`has a password that ${problem.message}`);
  }
  if ((await userByEmail(db.reader, email)) !== undefined) {
    // Another replica may have made this very admin since the first look.
    if (await hasAdmin(db.reader)) {
      return undefined;
    }
    throw broken('names a user who is no admin');
  }
  return { email, organization, hash: hashPassword(password) };
};

/** Makes the planned project admin. */
export const makeFirstAdmin = async (
  db: Database,
  key: AuditKey,
  planned: FirstAdmin,
  now: Date,
): Promise<void> => {
  const { email, organization } = planned;
  const hash = await planned.hash;
  const at = toTimestamp(now);
  await db.write(async (trx) => {
    // Another replica on the same empty database may have been faster.
    if (await hasAdmin(trx)) {
      return;
    }
    await insertUser(trx, {
      name: 'Project admin',
      description: '',
      email,
      password_hash: hash,
      role_id: await findOrCreateId(trx, 'role', 'project_admin', at),
      organization_id: await findOrCreateId(trx, 'organization', organization, at),
      approval_state: SUPER_APPROVED,
      must_change_password: PASSWORD_CHANGE.advised,
      created_at: at,
      updated_at: at,
    });
    await writeAudit(trx, key, {
      actor: HOST,
      action: 'user.create',
      target: `user:${email}`,
      detail: { role: 'project_admin', organization, first: true },
      address: '',
      request_id: '',
      at: now,
    });
  });
};
