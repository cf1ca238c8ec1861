export const imports = {
  imports: {
    button: 'Importar CSV',
    sites: 'Importar sitios',
    people: 'Invitar a personas desde un archivo CSV',
    leadSites:
      'Una fila por sitio debajo de un encabezado. Solo se necesita el nombre y, para los administradores del proyecto, la organización. «owner» es el correo electrónico de un administrador de la organización.',
    leadPeople:
      'Una fila por persona debajo de un encabezado. El rol es member, lead u org_admin. Cada persona recibe su propio enlace.',
    columns: 'Columnas: {{columns}}',
    template: 'Guardar una plantilla',
    drop: 'Suelte aquí un archivo CSV o elija uno.',
    choose: 'Elegir un archivo CSV',
    another: 'Elegir otro archivo',
    fileRefused: 'Este archivo no se puede importar',
    preview: 'Vista previa de la tabla',
    line: 'Línea',
    result: 'Resultado',
    ready: 'lista',
    newOrganization: 'organización nueva',
    similar: '¿Quería decir {{names}}?',
    allGood_one: '{{count}} fila sin errores. Todavía no se ha importado nada.',
    allGood_other: '{{count}} filas sin errores. Todavía no se ha importado nada.',
    wrong_one:
      '{{count}} fila tiene errores. No se ha importado nada. Corríjala en su archivo y vuelva a elegirlo.',
    wrong_other:
      '{{count}} filas tienen errores. No se ha importado nada. Corríjalas en su archivo y vuelva a elegirlo.',
    more_one: 'y {{count}} fila más',
    more_other: 'y {{count}} filas más',
    addSites_one: 'Añadir {{count}} sitio',
    addSites_other: 'Añadir {{count}} sitios',
    invitePeople_one: 'Invitar a {{count}} persona',
    invitePeople_other: 'Invitar a {{count}} personas',
    added_one: '{{count}} sitio añadido; pendiente de aprobación.',
    added_other: '{{count}} sitios añadidos; pendientes de aprobación.',
    saveLinks: 'Guardar los enlaces como CSV',
  },
} as const;
