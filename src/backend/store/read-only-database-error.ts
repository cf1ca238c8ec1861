/** The database server answers but takes no writes; the code is PostgreSQL's own for that. */
export class ReadOnlyDatabaseError extends Error {
  readonly code = '25006';
}
