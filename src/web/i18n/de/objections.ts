export const objections = {
  objections: {
    title: 'Anfragen an {{organization}}',
    lead: 'Der Projekt-Admin entscheidet. Widersprechen Sie, wenn jemand nicht zu Ihrer Organisation gehört; der Projekt-Admin sieht den Widerspruch vor dem Genehmigen.',
    object: 'Widersprechen',
    objectTo: 'Der Anfrage von {{name}} widersprechen',
    reason: 'Grund, für den Projekt-Admin',
    objected: 'Sie widersprechen der Anfrage von {{name}}.',
    withdraw: 'Zurückziehen',
    withdrawOf: 'Widerspruch gegen die Anfrage von {{name}} zurückziehen',
    withdrawn: 'Ihr Widerspruch gegen die Anfrage von {{name}} ist zurückgezogen.',
    of: '{{who}} widerspricht dieser Anfrage: {{reason}}',
    silent: '{{who}} widerspricht dieser Anfrage.',
    overrides: 'Eine Genehmigung setzt sich über diese Widersprüche hinweg:',
    anyway: 'Trotzdem genehmigen',
  },
};
