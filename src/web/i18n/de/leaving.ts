export const leaving = {
  leaving: {
    title: 'Abmelden und Änderungen verwerfen?',
    lead: 'Eingaben, die Sie nicht gespeichert haben, gehen beim Abmelden verloren.',
    submit: 'Verwerfen und abmelden',
  },
} as const;
