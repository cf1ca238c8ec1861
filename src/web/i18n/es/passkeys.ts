export const passkeys = {
  passkeys: {
    title: 'Claves de acceso',
    add: 'Añadir una clave de acceso',
    newLead:
      'Su navegador pregunta qué dispositivo, teléfono o llave de seguridad debe guardar la clave de acceso.',
    name: 'Nombre de la clave de acceso',
    nameHint: 'Para reconocerla, por ejemplo «Portátil del trabajo» o «Llave azul».',
    create: 'Crear clave de acceso',
    host: 'Válida para',
    created: 'Creada',
    used: 'Último uso',
    never: 'Nunca',
    rename: 'Cambiar nombre',
    renameWhat: 'Cambiar el nombre de la clave de acceso {{name}}',
    remove: 'Quitar',
    removeWhat: 'Quitar la clave de acceso {{name}}',
    removed: 'Clave de acceso {{name}} quitada.',
    use: 'Usar una clave de acceso',
    stepLead: 'Su contraseña es correcta. Use una clave de acceso o introduzca un código.',
    recoveryCode: 'Código de recuperación',
    recoveryHint: 'Uno de los códigos que guardó al configurar el segundo factor.',
    insteadOfApp: 'Usar una clave de acceso en su lugar',
    insteadOfPasskey: 'Usar una aplicación de autenticación en su lugar',
    known: 'Este dispositivo ya tiene una clave de acceso para esta cuenta.',
    cancelled:
      'El navegador no usó ninguna clave de acceso: se canceló, tardó demasiado o no se encontró ninguna. Inténtelo de nuevo.',
    unsupported: {
      insecure:
        'Las claves de acceso necesitan HTTPS. Esta página se abrió por HTTP simple, donde los navegadores no las ofrecen.',
      address:
        'Las claves de acceso necesitan un nombre de host. Abra el panel por su nombre en lugar de por su dirección IP.',
      missing: 'Este navegador no admite claves de acceso.',
    },
  },
} as const;
