/** Who may sign up: nobody, the invited, whoever has an e-mail of an allowed domain, everybody. */
export const SIGN_UP_MODES = ['closed', 'invitation', 'domain', 'open'] as const;
export type SignUpMode = (typeof SIGN_UP_MODES)[number];

/** True where strangers, too, may sign up; the project's texts are shown to them then. */
export const isPublicMode = (mode: SignUpMode): boolean => mode === 'domain' || mode === 'open';

/**
 * Returns the mode that counts. Older API clients and databases say only whether the project is public.
 *
 * @param stored as the database has it; another text counts as none
 */
export const signUpModeOf = (stored: string, isPublic: boolean): SignUpMode => {
  const mode = SIGN_UP_MODES.find((known) => known === stored);
  if (mode !== undefined && isPublicMode(mode) === isPublic) {
    return mode;
  }
  return isPublic ? 'open' : 'invitation';
};
