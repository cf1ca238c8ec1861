export const objections = {
  objections: {
    title: 'Solicitudes para unirse a {{organization}}',
    lead: 'Decide el administrador del proyecto. Opóngase si alguien no pertenece a su organización; el administrador verá su objeción antes de aprobar.',
    object: 'Oponerse',
    objectTo: 'Oponerse a la solicitud de {{name}}',
    reason: 'Motivo, para el administrador del proyecto',
    objected: 'Se opone a la solicitud de {{name}}.',
    withdraw: 'Retirar',
    withdrawOf: 'Retirar la objeción a la solicitud de {{name}}',
    withdrawn: 'Su objeción a la solicitud de {{name}} se ha retirado.',
    of: '{{who}} se opone a esta solicitud: {{reason}}',
    silent: '{{who}} se opone a esta solicitud.',
    overrides: 'La aprobación pasa por alto estas objeciones:',
    anyway: 'Aprobar de todos modos',
  },
};
