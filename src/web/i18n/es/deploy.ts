export const deploy = {
  deploy: {
    title: 'Docker, Kubernetes, Slurm',
    lead: 'En lugar de iniciarlo aquí: estos comandos crean una copia del kit para un motor de contenedores, un clúster o un planificador.',
    runtime: 'Entorno de ejecución',
    runtimes: { docker: 'Docker', k8s: 'Kubernetes', slurm: 'Slurm' },
    commands: 'Comandos para {{runtime}}',
    notes: {
      docker:
        'Las imágenes de los trabajos y las rutas de los datos se indican en local/study_runtime.yaml de esa copia.',
      k8s: 'Las imágenes de los trabajos y las rutas de los datos se indican en local/study_runtime.yaml de esa copia. El último comando muestra el comando helm que lo inicia.',
      slurm:
        'Ejecútelo en un nodo de acceso que permanezca encendido; la carpeta debe estar en un disco que compartan todos los nodos.',
    },
  },
} as const;
