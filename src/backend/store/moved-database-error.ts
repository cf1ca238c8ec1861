/** The database file is not at its path any more; the code is SQLite's own for that. */
export class MovedDatabaseError extends Error {
  readonly code = 'SQLITE_READONLY_DBMOVED';
}
