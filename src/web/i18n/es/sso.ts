export const sso = {
  sso: {
    title: 'Inicio de sesión único',
    logIn: 'Iniciar sesión con {{provider}}',
    or: 'o con una contraseña',
    noResponse: '{{provider}} no responde',
    passwordsOff:
      'Aquí las contraseñas están desactivadas para todos, salvo para el primer administrador del proyecto.',
    confirmTitle: 'Confirme que es usted',
    confirmLead:
      'Hace tiempo que inició sesión. Vuelva a hacerlo en su proveedor de identidad y repita después la acción.',
    confirm: 'Iniciar sesión de nuevo',
    connected: 'Su cuenta está vinculada con {{provider}}.',
    connectLead: 'Vincule su cuenta para iniciar sesión con {{provider}} en lugar de con su contraseña.',
    connect: 'Vincular la cuenta',
    disconnect: 'Desconectar la cuenta',
    disconnected: 'Desconectada. A partir de ahora, inicie sesión con su contraseña.',
    disconnectLead: 'Después solo podrá iniciar sesión con su contraseña.',
    linked: 'Su cuenta está vinculada.',
    outcome: {
      unreachable: '{{provider}} no ha respondido. Inténtelo más tarde o inicie sesión con su contraseña.',
      denied: 'El inicio de sesión en {{provider}} se ha interrumpido.',
      clock:
        'Los relojes de este panel y de {{provider}} difieren en más de un minuto. Avise al operador de este panel.',
      state: 'Este inicio de sesión ha caducado o empezó en otro navegador. Empiece de nuevo.',
      domain:
        'Aquí no se admiten cuentas con su dirección de correo. Consulte al administrador del proyecto.',
      unverified:
        '{{provider}} no ha verificado su dirección de correo. Verifíquela allí e inicie sesión de nuevo.',
      account_denied: 'Su solicitud fue denegada. Consulte al administrador del proyecto.',
      exists:
        'Ya existe una cuenta con su dirección de correo. Inicie sesión con su contraseña y vincúlela en Cuenta.',
      taken: 'Esta persona de {{provider}} ya está vinculada con otra cuenta.',
      closed: 'El registro está cerrado en este momento. Pida una cuenta al administrador del proyecto.',
      second_factor:
        '{{provider}} no pidió un segundo factor, que este proyecto exige. Configure uno allí y vuelva a iniciar sesión.',
      busy: 'Hay demasiadas solicitudes pendientes de aprobación. Inténtelo más tarde.',
      failed:
        'El inicio de sesión en {{provider}} ha fallado. Empiece de nuevo; si vuelve a ocurrir, avise al operador.',
    },
  },
} as const;
