export const renewals = {
  renewals: {
    title: 'Expiring next',
    within: 'within {{days}} days: {{count}}',
    name: 'Name',
    organization: 'Organization',
    expires: 'Expires',
    daysLeft_one: '{{count}} day left',
    daysLeft_other: '{{count}} days left',
    key: 'Key',
    keyOf: {
      same_key: 'stays at its holder',
      new_kit: 'from the dashboard',
    },
    renew: 'Renew',
    renewOf: 'Renew the certificate of {{name}}',
    sameKeyLead:
      'The key stays where it is and is certified again. The ledger marks the certificate of before as superseded.',
    byToken:
      'With an enrolment token, one command in the folder above the kit does it; it checks the certificate before it swaps it:',
    byRequest:
      'Or generate a request with the same key, and submit it here. Once it is approved, the kit without a key and its place-key.sh put the certificate in place.',
    command: 'Command',
    newKitLead:
      'A new startup kit with a new key is generated. The ledger marks the certificate of before as superseded; it works until {{day}}, so there is time to change kits.',
    byHolder: 'its holder renews it',
    toDownloads: 'To the downloads',
  },
} as const;
