export const imports = {
  imports: {
    button: 'Importa da CSV',
    sites: 'Importa siti',
    people: 'Invita persone da un file CSV',
    leadSites:
      'Una riga per sito sotto un’intestazione. Serve solo il nome e, per gli amministratori del progetto, l’organizzazione. «owner» è l’indirizzo e-mail di un amministratore dell’organizzazione.',
    leadPeople:
      'Una riga per persona sotto un’intestazione. Il ruolo è member, lead oppure org_admin. Ogni persona riceve un proprio link.',
    columns: 'Colonne: {{columns}}',
    template: 'Salva un modello',
    drop: 'Trascinare qui un file CSV oppure sceglierne uno.',
    choose: 'Scegli un file CSV',
    another: 'Scegli un altro file',
    fileRefused: 'Questo file non può essere importato',
    preview: 'Anteprima della tabella',
    line: 'Riga',
    result: 'Risultato',
    ready: 'pronta',
    newOrganization: 'nuova organizzazione',
    similar: 'Intendeva {{names}}?',
    allGood_one: '{{count}} riga senza errori. Non è ancora stato importato nulla.',
    allGood_other: '{{count}} righe senza errori. Non è ancora stato importato nulla.',
    wrong_one:
      '{{count}} riga contiene errori. Non è stato importato nulla. Correggerla nel file, poi sceglierlo di nuovo.',
    wrong_other:
      '{{count}} righe contengono errori. Non è stato importato nulla. Correggerle nel file, poi sceglierlo di nuovo.',
    more_one: 'e {{count}} altra riga',
    more_other: 'e altre {{count}} righe',
    addSites_one: 'Aggiungi {{count}} sito',
    addSites_other: 'Aggiungi {{count}} siti',
    invitePeople_one: 'Invita {{count}} persona',
    invitePeople_other: 'Invita {{count}} persone',
    added_one: '{{count}} sito aggiunto; in attesa di approvazione.',
    added_other: '{{count}} siti aggiunti; in attesa di approvazione.',
    saveLinks: 'Salva i link come CSV',
  },
} as const;
