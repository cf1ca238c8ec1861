export const sso = {
  sso: {
    title: 'Single sign-on',
    logIn: 'Log in with {{provider}}',
    or: 'or with a password',
    noResponse: '{{provider}} does not respond',
    passwordsOff: 'Passwords are switched off here for everybody but the first project admin.',
    confirmTitle: 'Confirm that it is you',
    confirmLead:
      'You logged in some time ago. Log in once more at your identity provider, and then repeat what you wanted to do.',
    confirm: 'Log in again',
    connected: 'Your account is connected with {{provider}}.',
    connectLead: 'Connect your account to log in with {{provider}} instead of your password.',
    connect: 'Connect account',
    disconnect: 'Disconnect account',
    disconnected: 'Disconnected. Log in with your password from now on.',
    disconnectLead: 'You can then log in with your password only.',
    linked: 'Your account is connected.',
    outcome: {
      unreachable: '{{provider}} did not respond. Try again later, or log in with your password.',
      denied: 'The log-in at {{provider}} was broken off.',
      clock:
        'The clocks of this dashboard and {{provider}} differ by more than a minute. Tell the operator of this dashboard.',
      state: 'This log-in has expired or began in another browser. Begin again.',
      domain: 'Accounts with your e-mail address cannot be used here. Ask the project admin.',
      unverified: '{{provider}} has not verified your e-mail address. Verify it there, then log in again.',
      account_denied: 'Your request was denied. Ask the project admin.',
      exists:
        'There is an account with your e-mail address already. Log in with its password, then connect it under Account.',
      taken: 'This person of {{provider}} is connected with another account already.',
      closed: 'Sign-up is closed at the moment. Ask the project admin for an account.',
      second_factor:
        '{{provider}} did not ask for a second factor, which this project demands. Set one up there, then log in again.',
      busy: 'Too many requests are waiting for approval. Try again later.',
      failed: 'The log-in at {{provider}} failed. Begin again; if it happens again, tell the operator.',
    },
  },
} as const;
