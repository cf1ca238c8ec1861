export const deploy = {
  deploy: {
    title: 'Docker, Kubernetes, Slurm',
    lead: 'Statt es hier zu starten: Diese Befehle erstellen eine Kopie des Kits für eine Container-Engine, einen Cluster oder einen Scheduler.',
    runtime: 'Laufzeitumgebung',
    runtimes: { docker: 'Docker', k8s: 'Kubernetes', slurm: 'Slurm' },
    commands: 'Befehle für {{runtime}}',
    notes: {
      docker: 'Images der Jobs und Pfade der Daten stehen in local/study_runtime.yaml dieser Kopie.',
      k8s: 'Images der Jobs und Pfade der Daten stehen in local/study_runtime.yaml dieser Kopie. Der letzte Befehl gibt den helm-Befehl aus, der es startet.',
      slurm:
        'Auf einem Login-Host ausführen, der in Betrieb bleibt; der Ordner muss auf einem Datenträger liegen, den alle Knoten gemeinsam nutzen.',
    },
  },
} as const;
