export const passwords = {
  passwords: {
    confirmTitle: 'Confirm with your password',
    confirmLead: 'You logged in some time ago. Please enter your password again.',
    confirm: 'Confirm',
    currentPassword: 'Current password',
    newPassword: 'New password',
    repeatPassword: 'New password again',
    changePassword: 'Change password',
    passwordChanged: 'Password changed.',
    passwordsDiffer: 'The passwords don’t match.',
  },
} as const;
