export const setUp = {
  setUp: {
    title: 'Set up the project',
    lead: 'Five steps. You can leave at any time and continue from the home page; everything stays changeable in the menu.',
    leave: 'Leave',
    skip: 'Skip this step',
    next: 'Save and continue',
    finish: 'Finish',
    steps: {
      project: 'Project',
      server: 'Server',
      kits: 'Kits',
      freeze: 'Freeze',
      invite: 'Invite',
    },
    titles: {
      project: 'What is the project called?',
      server: 'Where does the FL server run?',
      kits: 'Which NVFLARE do the sites run?',
      freeze: 'Freeze the project',
      invite: 'Invite people',
    },
    serverHint: 'Every site and console must reach it under this name, for example fl.example.org.',
    releaseHint: 'The kits are made for it. You can change it later.',
    keyBitsHint: 'Longer keys take more time to generate; 3072 bits suit most projects.',
    freezeLead:
      'Freezing creates the root CA and fixes the values below for good. You can do it later, but kits can be downloaded only afterwards.',
    frozen: 'The project is frozen; kits can be downloaded.',
    inviteLead:
      'Send invitation links to organization admins and researchers. They need no approval. You can invite people later under Users.',
  },
} as const;
