export const deploy = {
  deploy: {
    title: 'Docker, Kubernetes, Slurm',
    lead: 'Instead of starting it here: these commands make a copy of the kit for a container engine, a cluster or a scheduler.',
    runtime: 'Runtime',
    runtimes: { docker: 'Docker', k8s: 'Kubernetes', slurm: 'Slurm' },
    commands: 'Commands for {{runtime}}',
    notes: {
      docker: 'Images of jobs and paths of data are set in local/study_runtime.yaml of that copy.',
      k8s: 'Images of jobs and paths of data are set in local/study_runtime.yaml of that copy. The last command prints the helm command that starts it.',
      slurm: 'Run it on a login host that stays up; the folder must lie on a disk that all nodes share.',
    },
  },
} as const;
