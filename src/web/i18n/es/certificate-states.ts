export const certificateStates = {
  certificateState: {
    column: 'Estado',
    revoked: 'Revocado',
    expired: 'Caducado',
    holder_deleted: 'Titular eliminado',
    holder_denied: 'Titular rechazado',
    superseded: 'Sustituido',
    in_force: 'En vigor',
    revokedFor: 'Revocado: {{reason}}',
    issuedAs: 'Emitido como {{then}}, ahora {{now}}',
    keyHere: 'Clave generada por el panel',
    keyAtSite: 'Clave generada en el sitio',
    expires_one: 'Caduca en {{count}} día',
    expires_other: 'Caduca en {{count}} días',
  },
  revocation: {
    revoke: 'Revocar',
    revokeWhat: 'Revocar el certificado de {{name}}',
    title: '¿Revocar el certificado de {{name}}?',
    warning:
      'Esta acción no se puede deshacer. Un sitio o una persona sin otro certificado válido deberá ser aprobado de nuevo antes de la siguiente descarga.',
    reason: 'Motivo',
    all: 'Revocar también todos los demás certificados válidos de este titular',
    done_one: '{{count}} certificado revocado.',
    done_other: '{{count}} certificados revocados.',
    unlisted: 'La lista de revocación se actualizará en cuanto se abra el sello de la CA raíz.',
    pending: 'De nuevo a la espera de aprobación: {{names}}',
    lockOut:
      'Un servidor FL en funcionamiento sigue aceptando certificados revocados hasta que excluya el sitio. NVFLARE 2.8 y posteriores:',
    lockOutOlder:
      'Las versiones anteriores de NVFLARE no pueden excluir un sitio; ponga delante del servidor un proxy que compruebe la lista de revocación.',
    person:
      'NVFLARE no comprueba la lista de revocación para las consolas. Solo un proxy delante del servidor puede excluir a una persona.',
    command: 'la orden',
    withDecision: 'Revocar también sus certificados',
    keep: 'Mantener válidos los certificados',
    reasons: {
      unspecified: 'Sin especificar',
      keyCompromise: 'La clave se ha perdido o ha sido robada',
      affiliationChanged: 'El titular ha cambiado de organización',
      superseded: 'Sustituido por otro certificado',
      cessationOfOperation: 'El titular ya no participa',
      privilegeWithdrawn: 'El titular ya no puede participar',
    },
    listTitle: 'Lista de revocación',
    listUntil: 'Lista n.º {{number}}, válida hasta el {{date}}.',
    listIncomplete:
      'Hay certificados revocados que todavía no figuran en esta lista. Abra el sello de la CA raíz.',
    listSealed: 'No se puede renovar mientras la CA raíz esté sellada.',
  },
} as const;
