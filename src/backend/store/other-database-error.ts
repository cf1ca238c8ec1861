/** The tables are not those of this version: of a later one, or of another program. */
export class OtherDatabaseError extends Error {
  override readonly name = 'OtherDatabaseError';
  readonly of: 'later version' | 'other program';

  constructor(of: 'later version' | 'other program', found: string) {
    super(`the database belongs to a${of === 'later version' ? '' : 'n'} ${of}: ${found}`);
    this.of = of;
  }
}
