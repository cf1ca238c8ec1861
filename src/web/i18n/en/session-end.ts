export const sessionEnd = {
  sessionEnd: {
    title: 'Your session ends at {{time}}',
    idle: 'You have not used the page for a while.',
    stay: 'Stay logged in',
    limit: 'Sessions last 12 hours at most. What you typed stays when you log in again.',
    logIn: 'Log in again',
    logInLead: 'Your session ends soon. What you typed stays, and a new session begins.',
    expiredTitle: 'Your session has ended',
    expiredLead: 'Log in again to continue. Nothing you typed is lost.',
    giveUp: 'Continue without logging in',
  },
} as const;
