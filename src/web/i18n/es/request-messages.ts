export const requestMessages = {
  requestMessages: {
    title: 'Mensajes sobre la solicitud',
    none: 'No se ha escrito nada. Puede preguntar en lugar de decidir.',
    question: 'Pregunta',
    reply: 'Su respuesta',
    send: 'Enviar',
    message: 'Mensaje al administrador del proyecto',
    askAgain: 'Volver a solicitar',
    askedAgain: 'Su solicitud vuelve a esperar la aprobación.',
    back: 'Volver al inicio de sesión',
    kinds: {
      asked_again: '{{author}} volvió a solicitar',
      question: '{{author}} preguntó',
      reply: '{{author}} respondió',
      approved: '{{author}} aprobó la solicitud',
      denied: '{{author}} rechazó la solicitud',
    },
  },
};
