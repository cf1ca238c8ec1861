export const objections = {
  objections: {
    title: 'Richieste di adesione a {{organization}}',
    lead: 'Decide l’amministratore del progetto. Si opponga se una persona non appartiene alla sua organizzazione; l’amministratore vede l’opposizione prima di approvare.',
    object: 'Opporsi',
    objectTo: 'Opporsi alla richiesta di {{name}}',
    reason: 'Motivo, per l’amministratore del progetto',
    objected: 'Si è opposto alla richiesta di {{name}}.',
    withdraw: 'Ritirare',
    withdrawOf: 'Ritirare l’opposizione alla richiesta di {{name}}',
    withdrawn: 'L’opposizione alla richiesta di {{name}} è ritirata.',
    of: '{{who}} si oppone a questa richiesta: {{reason}}',
    silent: '{{who}} si oppone a questa richiesta.',
    overrides: 'L’approvazione ignora queste opposizioni:',
    anyway: 'Approvare comunque',
  },
};
