export const passkeys = {
  passkeys: {
    title: 'Passkeys',
    add: 'Passkey hinzufügen',
    newLead:
      'Ihr Browser fragt, welches Gerät, Telefon oder welcher Sicherheitsschlüssel den Passkey aufbewahren soll.',
    name: 'Name des Passkeys',
    nameHint: 'Damit Sie ihn wiedererkennen, etwa „Dienst-Laptop“ oder „Blauer Schlüssel“.',
    create: 'Passkey erstellen',
    host: 'Gilt für',
    created: 'Erstellt',
    used: 'Zuletzt verwendet',
    never: 'Nie',
    rename: 'Umbenennen',
    renameWhat: 'Passkey {{name}} umbenennen',
    remove: 'Entfernen',
    removeWhat: 'Passkey {{name}} entfernen',
    removed: 'Passkey {{name}} entfernt.',
    use: 'Passkey verwenden',
    stepLead: 'Ihr Passwort stimmt. Verwenden Sie einen Passkey oder geben Sie einen Code ein.',
    recoveryCode: 'Wiederherstellungscode',
    recoveryHint: 'Einer der Codes, die Sie beim Einrichten des zweiten Faktors aufbewahrt haben.',
    insteadOfApp: 'Stattdessen einen Passkey verwenden',
    insteadOfPasskey: 'Stattdessen eine Authenticator-App verwenden',
    known: 'Dieses Gerät hat bereits einen Passkey für dieses Konto.',
    cancelled:
      'Der Browser hat keinen Passkey verwendet: abgebrochen, zu lange gedauert oder keiner gefunden. Versuchen Sie es erneut.',
    unsupported: {
      insecure:
        'Passkeys brauchen HTTPS. Diese Seite wurde unverschlüsselt über HTTP geöffnet; dort bieten Browser sie nicht an.',
      address:
        'Passkeys brauchen einen Hostnamen. Öffnen Sie das Dashboard unter seinem Namen statt unter der IP-Adresse.',
      missing: 'Dieser Browser unterstützt keine Passkeys.',
    },
  },
} as const;
