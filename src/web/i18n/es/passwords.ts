export const passwords = {
  passwords: {
    confirmTitle: 'Confirme con su contraseña',
    confirmLead: 'Inició sesión hace algún tiempo. Introduzca de nuevo su contraseña.',
    confirm: 'Confirmar',
    currentPassword: 'Contraseña actual',
    newPassword: 'Contraseña nueva',
    repeatPassword: 'Repita la contraseña nueva',
    changePassword: 'Cambiar la contraseña',
    passwordChanged: 'Contraseña cambiada.',
    passwordsDiffer: 'Las contraseñas no coinciden.',
  },
} as const;
