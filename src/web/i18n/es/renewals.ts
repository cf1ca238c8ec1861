export const renewals = {
  renewals: {
    title: 'Próximos vencimientos',
    within: 'en {{days}} días: {{count}}',
    name: 'Nombre',
    organization: 'Organización',
    expires: 'Caduca',
    daysLeft_one: 'queda {{count}} día',
    daysLeft_other: 'quedan {{count}} días',
    key: 'Clave',
    keyOf: {
      same_key: 'permanece en su titular',
      new_kit: 'del panel',
    },
    renew: 'Renovar',
    renewOf: 'Renovar el certificado de {{name}}',
    sameKeyLead:
      'La clave se queda donde está y se certifica de nuevo. El registro marca el certificado anterior como sustituido.',
    byToken:
      'Con un token de inscripción basta un comando en la carpeta superior al kit; comprueba el certificado antes de cambiarlo:',
    byRequest:
      'O genere una solicitud con la misma clave y preséntela aquí. Una vez aprobada, el kit sin clave y su place-key.sh colocan el certificado.',
    command: 'Comando',
    newKitLead:
      'Se genera un nuevo kit con una clave nueva. El registro marca el certificado anterior como sustituido; funciona hasta el {{day}}, así que hay tiempo para cambiar de kit.',
    byHolder: 'lo renueva su titular',
    toDownloads: 'A las descargas',
  },
} as const;
