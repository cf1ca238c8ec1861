import BetterSqlite from 'better-sqlite3';

/**
 * Counts the project admins, also while a backend writes the file.
 *
 * @throws better-sqlite3's SqliteError when it is no project's database
 */
export const countAdmins = (file: string): number => {
  const connection = new BetterSqlite(file, { readonly: true, fileMustExist: true });
  try {
    const counted = connection
      .prepare<[], number>(
        `select count(*) from user join role on role.id = user.role_id where role.name = 'project_admin'`,
      )
      .pluck()
      .get();
    return counted ?? 0;
  } finally {
    connection.close();
  }
};
