export const deploy = {
  deploy: {
    title: 'Docker, Kubernetes, Slurm',
    lead: 'Invece di avviarlo qui: questi comandi creano una copia del kit per un motore di container, un cluster o uno scheduler.',
    runtime: 'Ambiente di esecuzione',
    runtimes: { docker: 'Docker', k8s: 'Kubernetes', slurm: 'Slurm' },
    commands: 'Comandi per {{runtime}}',
    notes: {
      docker:
        'Le immagini dei job e i percorsi dei dati si impostano in local/study_runtime.yaml di quella copia.',
      k8s: 'Le immagini dei job e i percorsi dei dati si impostano in local/study_runtime.yaml di quella copia. L’ultimo comando mostra il comando helm che lo avvia.',
      slurm:
        'Da eseguire su un nodo di accesso che resti acceso; la cartella deve trovarsi su un disco condiviso da tutti i nodi.',
    },
  },
} as const;
