export const properties = {
  properties: {
    title: 'Properties file',
    none: 'There is no properties.yml or properties.json in the project folder. The operator of this dashboard can add one for settings not shown here.',
    lead: 'Read from {{file}} in the project folder and applied to the kits. Only the operator of this dashboard can change it.',
    wrong: '{{file}} has errors',
    withoutEffect: 'Settings in {{file}} that have no effect; check their spelling and section',
    refused: 'No kits can be created until the file is corrected or removed.',
    section: 'For',
    name: 'Name',
    value: 'Value',
    project: 'Project',
    server: 'Server',
    client: 'Sites',
    admin: 'Consoles',
  },
} as const;
