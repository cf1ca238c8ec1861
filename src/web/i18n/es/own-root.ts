export const ownRoot = {
  ownRoot: {
    warning: {
      no_job_ca:
        'Su pathlen:0 no permite ninguna CA por debajo: NVFLARE 2.10 necesita una CA de trabajos, así que este proyecto no podrá pasar a 2.10 con ella.',
      no_crl: 'No puede firmar listas de revocación (falta cRLSign): los proxies rechazarán la del proyecto.',
    },
    title: 'CA raíz',
    none: 'Al congelar se genera una CA raíz. También puede usar la suya.',
    certificate: 'Certificado de la CA raíz',
    certificateHint: 'PEM, DER o PKCS#12 con la clave; su CN es el nombre corto del proyecto.',
    key: 'Clave privada',
    keyHint: 'RSA, PEM. Se guarda con la frase de contraseña del arranque o, si no hay, con la suya.',
    passphrase: 'Frase de contraseña de la clave o del archivo PKCS#12 (si la tiene)',
    import: 'Importar',
    requestLead:
      'O haga que otra CA, como la del hospital, la firme: la clave se genera aquí y aquí se queda.',
    request: 'Generar una solicitud',
    requested:
      'La solicitud de la CA raíz «{{name}}» espera la firma de otra CA. Importe lo que emita, con los certificados de las CA superiores en el mismo archivo PEM.',
    saveRequest: 'Guardar la solicitud',
    accept: 'Importar el certificado firmado',
    discard: 'Descartar',
    ready: 'Al congelar se usará esta CA raíz:',
    subject: 'Sujeto',
    issuer: 'Emisor',
    expires: 'Caduca',
    refused: 'Rechazado',
  },
  rootRenewal: {
    title: 'CA raíz',
    expires: 'La CA raíz caduca el {{time}}.',
    progress:
      '{{renewed}} de {{total}} participantes tienen el certificado raíz actual. El anterior caduca el {{time}}; hasta entonces los kits con uno u otro funcionan juntos.',
    waiting: 'Aún con el anterior',
    renew: 'Renovar la CA raíz',
    lead: 'La clave se conserva; solo se renueva el certificado: nadie tiene que cambiar de kit de inmediato y lo emitido sigue siendo válido. Todos necesitan el siguiente kit antes de que caduque el certificado actual.',
    days: 'Válida durante (días)',
    request: 'La firmó otra CA. Haga que firme esta solicitud y elija lo que emita:',
    kits: 'Necesita el siguiente kit',
    nobody: 'nadie todavía',
  },
} as const;
