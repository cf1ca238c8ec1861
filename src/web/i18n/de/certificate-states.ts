export const certificateStates = {
  certificateState: {
    column: 'Status',
    revoked: 'Gesperrt',
    expired: 'Abgelaufen',
    holder_deleted: 'Inhaber gelöscht',
    holder_denied: 'Inhaber abgelehnt',
    superseded: 'Ersetzt',
    in_force: 'Gültig',
    revokedFor: 'Gesperrt: {{reason}}',
    issuedAs: 'Ausgestellt als {{then}}, jetzt {{now}}',
    keyHere: 'Schlüssel vom Dashboard erzeugt',
    keyAtSite: 'Schlüssel am Standort erzeugt',
    expires_one: 'Läuft in {{count}} Tag ab',
    expires_other: 'Läuft in {{count}} Tagen ab',
  },
  revocation: {
    revoke: 'Sperren',
    revokeWhat: 'Zertifikat von {{name}} sperren',
    title: 'Zertifikat von {{name}} sperren?',
    warning:
      'Das lässt sich nicht rückgängig machen. Ein Standort oder eine Person ohne weiteres gültiges Zertifikat muss vor dem nächsten Download erneut freigegeben werden.',
    reason: 'Grund',
    all: 'Auch alle anderen gültigen Zertifikate dieses Inhabers sperren',
    done_one: '{{count}} Zertifikat gesperrt.',
    done_other: '{{count}} Zertifikate gesperrt.',
    unlisted: 'Die Sperrliste wird aktualisiert, sobald die Root-CA entsiegelt ist.',
    pending: 'Wartet erneut auf Freigabe: {{names}}',
    lockOut:
      'Ein laufender FL-Server akzeptiert gesperrte Zertifikate, bis Sie den Standort aussperren. Ab NVFLARE 2.8:',
    lockOutOlder:
      'Ältere NVFLARE-Versionen können keinen Standort aussperren; schalten Sie dem Server einen Proxy vor, der die Sperrliste prüft.',
    person:
      'NVFLARE prüft die Sperrliste für Konsolen nicht. Nur ein vorgeschalteter Proxy kann eine Person aussperren.',
    command: 'den Befehl',
    withDecision: 'Auch die Zertifikate sperren',
    keep: 'Zertifikate gültig lassen',
    reasons: {
      unspecified: 'Ohne Angabe',
      keyCompromise: 'Der Schlüssel ist verloren oder gestohlen',
      affiliationChanged: 'Der Inhaber gehört jetzt zu einer anderen Organisation',
      superseded: 'Durch ein anderes Zertifikat ersetzt',
      cessationOfOperation: 'Der Inhaber nimmt nicht mehr teil',
      privilegeWithdrawn: 'Der Inhaber darf nicht mehr teilnehmen',
    },
    listTitle: 'Sperrliste',
    listUntil: 'Liste Nr. {{number}}, gültig bis {{date}}.',
    listIncomplete:
      'Es wurden Zertifikate gesperrt, die noch nicht auf dieser Liste stehen. Entsiegeln Sie die Root-CA.',
    listSealed: 'Solange die Root-CA versiegelt ist, lässt sie sich nicht erneuern.',
  },
} as const;
