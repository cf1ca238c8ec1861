import { HOST } from '../../contract/audit-actors.ts';
import { hashPassword } from '../auth/password-hash.ts';
import { StartError } from '../context/start-error.ts';
import { writeAudit, type AuditKey } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { deleteAccessTokensOf } from '../store/access-tokens.ts';
import { deleteFactorsOf, hasFactor } from '../store/second-factors.ts';
import { deleteSessionsOf } from '../store/sessions.ts';
import { toTimestamp } from '../store/timestamp.ts';
import { PASSWORD_CHANGE, updateUser, userByEmail, usersOfRole, type UserRow } from '../store/users.ts';

const refused = (what: string, advice: string): StartError => new StartError('failed', what, advice);

const findAdmin = async (db: Database, email: string | undefined): Promise<UserRow> => {
  const admins = await usersOfRole(db.reader, 'project_admin');
  if (email === undefined) {
    const [only, ...others] = admins;
    if (only === undefined) {
      throw refused('The project has no admin yet.', 'Start the dashboard: it makes the first one.');
    }
    if (others.length === 0) {
      return only;
    }
    const names = admins.map((admin) => admin.email).join(', ');
    throw refused(`The project has several admins: ${names}.`, 'Say which one: dashboard admin reset EMAIL.');
  }
  const user = await userByEmail(db.reader, email);
  if (user?.role === 'project_admin') {
    return user;
  }
  throw refused(
    `${email} is no project admin of this project.`,
    'Other people get a new password from the project admin, on the page of users.',
  );
};

/**
 * Gives a project admin another password, to be changed at the next log-in, and ends the admin's sessions and access tokens.
 *
 * @returns the admin's e-mail
 * @throws StartError when there is no such admin, or several and none was named
 */
export const resetAdmin = async (
  db: Database,
  key: AuditKey,
  email: string | undefined,
  password: string,
  now: Date,
): Promise<string> => {
  const admin = await findAdmin(db, email);
  const hash = await hashPassword(password);
  await db.write(async (trx) => {
    await updateUser(trx, admin.id, {
      password_hash: hash,
      must_change_password: PASSWORD_CHANGE.advised,
      updated_at: toTimestamp(now),
    });
    await deleteSessionsOf(trx, admin.id);
    await deleteAccessTokensOf(trx, admin.id);
    await writeAudit(trx, key, {
      actor: HOST,
      action: 'user.reset_password',
      target: `user:${admin.email}`,
      detail: { from: 'host' },
      address: '',
      request_id: '',
      at: now,
    });
  });
  return admin.email;
};

/**
 * Removes the second factors of a project admin, and ends the admin's sessions.
 *
 * @returns the admin's e-mail
 * @throws StartError when there is no such admin, several and none was named, or no second factor
 */
export const resetSecondFactor = async (
  db: Database,
  key: AuditKey,
  email: string | undefined,
  now: Date,
): Promise<string> => {
  const admin = await findAdmin(db, email);
  if (!(await hasFactor(db.reader, admin.id))) {
    throw refused(`${admin.email} has no second factor.`, 'Log in with the password alone.');
  }
  await db.write(async (trx) => {
    await deleteFactorsOf(trx, admin.id);
    await deleteSessionsOf(trx, admin.id);
    await writeAudit(trx, key, {
      actor: HOST,
      action: 'second_factor.reset',
      target: `user:${admin.email}`,
      detail: { from: 'host' },
      address: '',
      request_id: '',
      at: now,
    });
  });
  return admin.email;
};
