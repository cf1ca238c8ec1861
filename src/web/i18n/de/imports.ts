export const imports = {
  imports: {
    button: 'Aus CSV importieren',
    sites: 'Standorte importieren',
    people: 'Personen aus einer CSV-Datei einladen',
    leadSites:
      'Eine Zeile pro Standort unter einer Kopfzeile. Nötig ist nur der Name, für Projekt-Admins auch die Organisation. „owner“ ist die E-Mail-Adresse eines Organisations-Admins.',
    leadPeople:
      'Eine Zeile pro Person unter einer Kopfzeile. Die Rolle ist member, lead oder org_admin. Alle bekommen einen eigenen Link.',
    columns: 'Spalten: {{columns}}',
    template: 'Vorlage speichern',
    drop: 'CSV-Datei hier ablegen oder auswählen.',
    choose: 'CSV-Datei auswählen',
    another: 'Andere Datei auswählen',
    fileRefused: 'Diese Datei kann nicht importiert werden',
    preview: 'Vorschau der Tabelle',
    line: 'Zeile',
    result: 'Ergebnis',
    ready: 'bereit',
    newOrganization: 'neue Organisation',
    similar: 'Meinten Sie {{names}}?',
    allGood_one: '{{count}} Zeile ohne Fehler. Es wurde noch nichts importiert.',
    allGood_other: '{{count}} Zeilen ohne Fehler. Es wurde noch nichts importiert.',
    wrong_one:
      '{{count}} Zeile enthält Fehler. Es wurde nichts importiert. Korrigieren Sie sie in Ihrer Datei und wählen Sie die Datei erneut aus.',
    wrong_other:
      '{{count}} Zeilen enthalten Fehler. Es wurde nichts importiert. Korrigieren Sie sie in Ihrer Datei und wählen Sie die Datei erneut aus.',
    more_one: 'und {{count}} weitere Zeile',
    more_other: 'und {{count}} weitere Zeilen',
    addSites_one: '{{count}} Standort hinzufügen',
    addSites_other: '{{count}} Standorte hinzufügen',
    invitePeople_one: '{{count}} Person einladen',
    invitePeople_other: '{{count}} Personen einladen',
    added_one: '{{count}} Standort hinzugefügt; wartet auf Genehmigung.',
    added_other: '{{count}} Standorte hinzugefügt; warten auf Genehmigung.',
    saveLinks: 'Links als CSV speichern',
  },
} as const;
