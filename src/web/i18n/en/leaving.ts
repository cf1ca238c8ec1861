export const leaving = {
  leaving: {
    title: 'Log out and discard your changes?',
    lead: 'Text that you typed but did not save is lost when you log out.',
    submit: 'Discard and log out',
  },
} as const;
