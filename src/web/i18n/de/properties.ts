export const properties = {
  properties: {
    title: 'Properties-Datei',
    none: 'Im Projektordner gibt es weder properties.yml noch properties.json. Wer das Dashboard betreibt, kann dort eine Datei für weitere Einstellungen ablegen.',
    lead: 'Aus {{file}} im Projektordner gelesen und in die Kits übernommen. Ändern kann sie nur, wer das Dashboard betreibt.',
    wrong: '{{file}} ist fehlerhaft',
    withoutEffect: 'Einstellungen in {{file}} ohne Wirkung; prüfen Sie Schreibweise und Abschnitt',
    refused: 'Es können keine Kits erstellt werden, bis die Datei korrigiert oder entfernt ist.',
    section: 'Für',
    name: 'Name',
    value: 'Wert',
    project: 'Projekt',
    server: 'Server',
    client: 'Standorte',
    admin: 'Konsolen',
  },
} as const;
