export const passkeys = {
  passkeys: {
    title: 'Passkeys',
    add: 'Add a passkey',
    newLead: 'Your browser asks which device, phone or security key is to hold the passkey.',
    name: 'Name of the passkey',
    nameHint: 'So that you recognize it, such as “Work laptop” or “Blue key”.',
    create: 'Create passkey',
    host: 'Works at',
    created: 'Created',
    used: 'Last used',
    never: 'Never',
    rename: 'Rename',
    renameWhat: 'Rename passkey {{name}}',
    remove: 'Remove',
    removeWhat: 'Remove passkey {{name}}',
    removed: 'Passkey {{name}} removed.',
    use: 'Use a passkey',
    stepLead: 'Your password is right. Use a passkey or enter a code.',
    recoveryCode: 'Recovery code',
    recoveryHint: 'One of the codes that you kept when you set up the second factor.',
    insteadOfApp: 'Use a passkey instead',
    insteadOfPasskey: 'Use an authenticator app instead',
    known: 'This device holds a passkey for this account already.',
    cancelled:
      'The browser did not use a passkey: it was cancelled, took too long, or none was found. Try again.',
    unsupported: {
      insecure:
        'Passkeys need HTTPS. This page was opened over plain HTTP, where browsers do not offer them.',
      address: 'Passkeys need a host name. Open the dashboard at its name instead of its IP address.',
      missing: 'This browser does not support passkeys.',
    },
  },
} as const;
