export const properties = {
  properties: {
    title: 'Archivo de propiedades',
    none: 'En la carpeta del proyecto no hay properties.yml ni properties.json. El operador de este panel puede añadir uno para los ajustes que no aparecen aquí.',
    lead: 'Leído de {{file}} en la carpeta del proyecto y aplicado a los kits. Solo el operador de este panel puede cambiarlo.',
    wrong: '{{file}} contiene errores',
    withoutEffect: 'Ajustes de {{file}} sin efecto; compruebe su ortografía y su sección',
    refused: 'No se puede crear ningún kit hasta que el archivo se corrija o se elimine.',
    section: 'Para',
    name: 'Nombre',
    value: 'Valor',
    project: 'Proyecto',
    server: 'Servidor',
    client: 'Sitios',
    admin: 'Consolas',
  },
} as const;
