export const sso = {
  sso: {
    title: 'Single Sign-on',
    logIn: 'Mit {{provider}} anmelden',
    or: 'oder mit einem Passwort',
    noResponse: '{{provider}} antwortet nicht',
    passwordsOff: 'Passwörter sind hier für alle außer dem ersten Projekt-Admin abgeschaltet.',
    confirmTitle: 'Bestätigen Sie, dass Sie es sind',
    confirmLead:
      'Ihre Anmeldung ist schon etwas her. Melden Sie sich noch einmal bei Ihrem Identitätsanbieter an und wiederholen Sie dann, was Sie tun wollten.',
    confirm: 'Erneut anmelden',
    connected: 'Ihr Konto ist mit {{provider}} verbunden.',
    connectLead: 'Verbinden Sie Ihr Konto, um sich mit {{provider}} statt mit Ihrem Passwort anzumelden.',
    connect: 'Konto verbinden',
    disconnect: 'Konto trennen',
    disconnected: 'Getrennt. Melden Sie sich ab jetzt mit Ihrem Passwort an.',
    disconnectLead: 'Danach können Sie sich nur noch mit Ihrem Passwort anmelden.',
    linked: 'Ihr Konto ist verbunden.',
    outcome: {
      unreachable:
        '{{provider}} hat nicht geantwortet. Versuchen Sie es später noch einmal, oder melden Sie sich mit Ihrem Passwort an.',
      denied: 'Die Anmeldung bei {{provider}} wurde abgebrochen.',
      clock:
        'Die Uhren dieses Dashboards und von {{provider}} weichen um mehr als eine Minute voneinander ab. Informieren Sie den Betreiber dieses Dashboards.',
      state:
        'Diese Anmeldung ist abgelaufen oder wurde in einem anderen Browser begonnen. Beginnen Sie von vorn.',
      domain: 'Konten mit Ihrer E-Mail-Adresse sind hier nicht zugelassen. Fragen Sie die Projektverwaltung.',
      unverified:
        '{{provider}} hat Ihre E-Mail-Adresse nicht bestätigt. Bestätigen Sie sie dort und melden Sie sich erneut an.',
      account_denied: 'Ihr Antrag wurde abgelehnt. Fragen Sie die Projektverwaltung.',
      exists:
        'Es gibt bereits ein Konto mit Ihrer E-Mail-Adresse. Melden Sie sich mit dessen Passwort an und verbinden Sie es unter „Konto“.',
      taken: 'Diese Person bei {{provider}} ist bereits mit einem anderen Konto verbunden.',
      closed: 'Die Registrierung ist derzeit geschlossen. Bitten Sie die Projektverwaltung um ein Konto.',
      second_factor:
        '{{provider}} hat keinen zweiten Faktor verlangt, den dieses Projekt fordert. Richten Sie dort einen ein und melden Sie sich erneut an.',
      busy: 'Zu viele Anträge warten auf Genehmigung. Versuchen Sie es später noch einmal.',
      failed:
        'Die Anmeldung bei {{provider}} ist fehlgeschlagen. Beginnen Sie von vorn; passiert es erneut, informieren Sie den Betreiber.',
    },
  },
} as const;
