import type { HelpTexts } from './help-content.ts';

export const help: HelpTexts = {
  lead: 'Wozu dieses Dashboard da ist und was jede Person hier tut.',
  yourWay: 'Ihre Schritte',
  others: 'Die Schritte der anderen',
  strangers: 'Ohne Konto',
  ways: {
    stranger: [
      'Öffnen Sie einen Einladungslink, oder registrieren Sie sich auf der Startseite, wenn die Registrierung offen ist.',
      'Wählen Sie Organisation und Rolle. Organisations-Admins nennen auch ihre Standorte.',
      'Warten Sie auf die Entscheidung eines Projekt-Admins. Nach dem Anmelden sehen Sie sie jederzeit.',
    ],
    project_admin: [
      'Geben Sie unter „Projekt“ den Kurznamen und unter „Server“ den Servernamen an.',
      'Erlauben Sie Registrierungen, oder laden Sie Personen unter „Benutzer“ ein.',
      'Genehmigen oder lehnen Sie Anfragen im Eingang ab.',
      'Frieren Sie das Projekt ein. Das erzeugt die Root-CA und lässt sich nicht rückgängig machen.',
      'Laden Sie das Kit des Servers herunter, öffnen Sie es mit seiner PIN, und starten Sie den Server.',
      'Sehen Sie ab und zu nach den Zertifikaten: Abgelaufene Kits müssen neu heruntergeladen werden.',
    ],
    org_admin: [
      'Fügen Sie Ihre Standorte unter „Konto“ hinzu. Ein Projekt-Admin genehmigt sie.',
      'Sobald das Projekt eingefroren ist, laden Sie die Kits unter „Downloads“ herunter: einzeln oder alle auf einmal.',
      'Kopieren Sie jedes Kit auf seinen Standort, öffnen Sie es mit seiner PIN, und führen Sie dort startup/start.sh aus.',
      'Senden Sie Kit und PIN auf verschiedenen Wegen, wenn jemand anders den Standort betreibt.',
    ],
    lead: [
      'Sobald Sie genehmigt sind und das Projekt eingefroren ist, laden Sie Ihr Konsolen-Kit unter „Downloads“ herunter.',
      'Öffnen Sie es mit seiner PIN, und führen Sie startup/fl_admin.sh aus.',
      'Senden Sie von der Konsole aus Jobs an die Standorte.',
    ],
    member: [
      'Sobald Sie genehmigt sind und das Projekt eingefroren ist, laden Sie Ihr Konsolen-Kit unter „Downloads“ herunter.',
      'Öffnen Sie es mit seiner PIN, und führen Sie startup/fl_admin.sh aus.',
      'Sehen Sie Jobs und Ergebnisse in der Konsole ein.',
    ],
  },
  terms: 'Begriffe',
  glossary: [
    ['Projekt', 'Eine föderierte Studie: Server, Standorte und Personen haben eine gemeinsame Root-CA.'],
    [
      'Standort',
      'Ein Rechner einer Organisation, der dort mit eigenen Daten Modelle trainiert. Die Daten bleiben auf ihm.',
    ],
    ['Organisations-Admin', 'Meldet die Standorte einer Organisation an und lädt ihre Kits herunter.'],
    [
      'Startup-Kit',
      'Eine Zip-Datei mit Zertifikat, Schlüssel und Skripten eines Standorts, Servers oder einer Konsole.',
    ],
    ['PIN', 'Öffnet ein Kit. Sie wird beim Erzeugen angezeigt und nirgends gespeichert.'],
    [
      'Einfrieren',
      'Legt fest, was in Zertifikaten steht, etwa Kurzname und Server, und erzeugt die Root-CA.',
    ],
    [
      'Versiegelt',
      'Der Schlüssel der Root-CA ist mit einer Passphrase gesperrt; erst nach deren Eingabe entstehen wieder Kits.',
    ],
    ['ZipCrypto', 'Eine alte Verschlüsselung von Zip-Dateien, die sich brechen lässt. Besser ist AES-256.'],
  ],
  keys: 'Tastatur',
  keysLead:
    'Drücken Sie auf jeder Seite ? für die Tasten, die dort wirken, und Strg+K, um Personen, Standorte und Seiten zu finden.',
  news: 'Neuerungen',
  newsLead: 'Aus dem Änderungsprotokoll dieser Version, auf Englisch.',
};
