export const deploy = {
  deploy: {
    title: 'Docker, Kubernetes, Slurm',
    lead: 'Au lieu de le démarrer ici : ces commandes créent une copie du kit pour un moteur de conteneurs, un cluster ou un ordonnanceur.',
    runtime: 'Environnement d’exécution',
    runtimes: { docker: 'Docker', k8s: 'Kubernetes', slurm: 'Slurm' },
    commands: 'Commandes pour {{runtime}}',
    notes: {
      docker:
        'Les images des jobs et les chemins des données se règlent dans local/study_runtime.yaml de cette copie.',
      k8s: 'Les images des jobs et les chemins des données se règlent dans local/study_runtime.yaml de cette copie. La dernière commande affiche la commande helm qui le démarre.',
      slurm:
        'À lancer sur un nœud de connexion qui reste allumé ; le dossier doit se trouver sur un disque partagé par tous les nœuds.',
    },
  },
} as const;
