export const sessionEnd = {
  sessionEnd: {
    title: 'Su sesión termina a las {{time}}',
    idle: 'No ha usado la página desde hace un rato.',
    stay: 'Mantener la sesión',
    limit: 'Una sesión dura 12 horas como máximo. Lo que ha escrito se conserva si inicia sesión de nuevo.',
    logIn: 'Iniciar sesión de nuevo',
    logInLead: 'Su sesión termina pronto. Lo que ha escrito se conserva y comienza una sesión nueva.',
    expiredTitle: 'Su sesión ha terminado',
    expiredLead: 'Inicie sesión de nuevo para continuar. Nada de lo que ha escrito se ha perdido.',
    giveUp: 'Continuar sin iniciar sesión',
  },
} as const;
