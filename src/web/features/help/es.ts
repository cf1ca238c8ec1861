import type { HelpTexts } from './help-content.ts';

export const help: HelpTexts = {
  lead: 'Para qué sirve este panel y qué hace aquí cada persona.',
  yourWay: 'Sus pasos',
  others: 'Los pasos de los demás',
  strangers: 'Sin cuenta',
  ways: {
    stranger: [
      'Abra un enlace de invitación o regístrese en la página de inicio cuando el registro esté abierto.',
      'Elija su organización y su rol. Los administradores de organización indican también sus sitios.',
      'Espere la decisión de un administrador del proyecto. Inicie sesión en cualquier momento para verla.',
    ],
    project_admin: [
      'Indique el nombre corto del proyecto en Proyecto y el nombre de host en Servidor.',
      'Permita los registros o invite a personas en Usuarios.',
      'Apruebe o rechace las solicitudes en Solicitudes.',
      'Congele el proyecto. Esto crea la CA raíz y no se puede deshacer.',
      'Descargue el kit del servidor, ábralo con su PIN e inicie el servidor.',
      'Revise los certificados de vez en cuando: los kits caducados deben descargarse de nuevo.',
    ],
    org_admin: [
      'Añada sus sitios en Cuenta. Un administrador del proyecto los aprueba.',
      'Cuando el proyecto esté congelado, obtenga los kits en Descargas: uno a uno o todos a la vez.',
      'Copie cada kit a su sitio, ábralo con su PIN y ejecute allí startup/start.sh.',
      'Envíe el kit y el PIN por vías distintas si otra persona opera el sitio.',
    ],
    lead: [
      'Cuando su solicitud esté aprobada y el proyecto congelado, descargue su kit de consola en Descargas.',
      'Ábralo con su PIN y ejecute startup/fl_admin.sh.',
      'Envíe trabajos a los sitios desde la consola.',
    ],
    member: [
      'Cuando su solicitud esté aprobada y el proyecto congelado, descargue su kit de consola en Descargas.',
      'Ábralo con su PIN y ejecute startup/fl_admin.sh.',
      'Consulte los trabajos y los resultados en la consola.',
    ],
  },
  terms: 'Términos',
  glossary: [
    ['Proyecto', 'Un estudio federado: su servidor, sus sitios y sus personas comparten una CA raíz.'],
    [
      'Sitio',
      'Un equipo de una organización que entrena modelos con los datos locales. Los datos no salen de él.',
    ],
    ['Administrador de organización', 'Registra los sitios de una organización y descarga sus kits.'],
    [
      'Kit de inicio',
      'Un archivo zip con el certificado, la clave y los scripts de un sitio, un servidor o una consola.',
    ],
    ['PIN', 'Abre un solo kit. Se muestra al generarlo y no se guarda en ninguna parte.'],
    [
      'Congelar',
      'Fija lo que figura en los certificados, como el nombre corto y el servidor, y crea la CA raíz.',
    ],
    [
      'Sellada',
      'La clave de la CA raíz está bloqueada con una frase de contraseña; sin ella no se pueden crear kits.',
    ],
    ['ZipCrypto', 'Un cifrado antiguo de archivos zip que se puede romper. Prefiera AES-256.'],
  ],
  keys: 'Teclado',
  keysLead:
    'Pulse ? en cualquier página para ver las teclas disponibles y Ctrl+K para encontrar personas, sitios y páginas.',
  news: 'Novedades',
  newsLead: 'Del registro de cambios de esta versión, en inglés.',
};
