export const renewals = {
  renewals: {
    title: 'Läuft demnächst ab',
    within: 'binnen {{days}} Tagen: {{count}}',
    name: 'Name',
    organization: 'Organisation',
    expires: 'Läuft ab',
    daysLeft_one: 'noch {{count}} Tag',
    daysLeft_other: 'noch {{count}} Tage',
    key: 'Schlüssel',
    keyOf: {
      same_key: 'bleibt beim Inhaber',
      new_kit: 'vom Dashboard',
    },
    renew: 'Erneuern',
    renewOf: 'Zertifikat von {{name}} erneuern',
    sameKeyLead:
      'Der Schlüssel bleibt, wo er ist, und wird erneut zertifiziert. Im Verzeichnis gilt das bisherige Zertifikat als abgelöst.',
    byToken:
      'Mit einem Registrierungs-Token genügt ein Befehl im Ordner über dem Kit; er prüft das Zertifikat, bevor er es austauscht:',
    byRequest:
      'Oder erzeugen Sie mit demselben Schlüssel einen Antrag und reichen ihn hier ein. Nach der Genehmigung bringt das Kit ohne Schlüssel mit place-key.sh das Zertifikat an seinen Platz.',
    command: 'Befehl',
    newKitLead:
      'Es wird ein neues Startup-Kit mit neuem Schlüssel erzeugt. Im Verzeichnis gilt das bisherige Zertifikat als abgelöst; es funktioniert bis {{day}}, sodass Zeit zum Austausch bleibt.',
    byHolder: 'erneuert die Person oder der Standort selbst',
    toDownloads: 'Zu den Downloads',
  },
} as const;
