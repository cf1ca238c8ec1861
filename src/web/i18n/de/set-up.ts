export const setUp = {
  setUp: {
    title: 'Projekt einrichten',
    lead: 'Fünf Schritte. Sie können jederzeit abbrechen und von der Startseite aus fortfahren; alles bleibt im Menü änderbar.',
    leave: 'Verlassen',
    skip: 'Schritt überspringen',
    next: 'Speichern und weiter',
    finish: 'Fertig',
    steps: {
      project: 'Projekt',
      server: 'Server',
      kits: 'Kits',
      freeze: 'Einfrieren',
      invite: 'Einladen',
    },
    titles: {
      project: 'Wie heißt das Projekt?',
      server: 'Wo läuft der FL-Server?',
      kits: 'Welche NVFLARE-Version verwenden die Standorte?',
      freeze: 'Projekt einfrieren',
      invite: 'Personen einladen',
    },
    serverHint:
      'Jeder Standort und jede Konsole muss ihn unter diesem Namen erreichen, zum Beispiel fl.example.org.',
    releaseHint: 'Für diese Version werden die Kits erzeugt. Sie lässt sich später ändern.',
    keyBitsHint:
      'Längere Schlüssel brauchen mehr Zeit zum Erzeugen; 3072 Bit passen für die meisten Projekte.',
    freezeLead:
      'Das Einfrieren erzeugt die Root-CA und legt die folgenden Werte endgültig fest. Sie können es später tun; Kits gibt es aber erst danach.',
    frozen: 'Das Projekt ist eingefroren; Kits können heruntergeladen werden.',
    inviteLead:
      'Senden Sie Einladungslinks an Organisations-Admins und Forschende. Eine Genehmigung ist dann nicht nötig. Sie können Personen auch später unter „Benutzer“ einladen.',
  },
} as const;
