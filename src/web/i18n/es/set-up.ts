export const setUp = {
  setUp: {
    title: 'Configurar el proyecto',
    lead: 'Cinco pasos. Puede salir en cualquier momento y continuar desde la página de inicio; todo se puede cambiar en el menú.',
    leave: 'Salir',
    skip: 'Omitir este paso',
    next: 'Guardar y continuar',
    finish: 'Terminar',
    steps: {
      project: 'Proyecto',
      server: 'Servidor',
      kits: 'Kits',
      freeze: 'Congelar',
      invite: 'Invitar',
    },
    titles: {
      project: '¿Cómo se llama el proyecto?',
      server: '¿Dónde se ejecuta el servidor FL?',
      kits: '¿Qué versión de NVFLARE usan los sitios?',
      freeze: 'Congelar el proyecto',
      invite: 'Invitar a personas',
    },
    serverHint:
      'Cada sitio y cada consola debe poder acceder a él con este nombre, por ejemplo fl.example.org.',
    releaseHint: 'Los kits se crean para esta versión. Puede cambiarla más adelante.',
    keyBitsHint:
      'Las claves más largas tardan más en generarse; 3072 bits bastan para la mayoría de los proyectos.',
    freezeLead:
      'La congelación crea la CA raíz y fija definitivamente los valores siguientes. Puede hacerlo más tarde, pero los kits solo estarán disponibles después.',
    frozen: 'El proyecto está congelado; los kits se pueden descargar.',
    inviteLead:
      'Envíe enlaces de invitación a administradores de organización e investigadores. No necesitan aprobación. También puede invitar a personas más tarde.',
  },
} as const;
