export const imports = {
  imports: {
    button: 'Import from CSV',
    sites: 'Import sites',
    people: 'Invite people from a CSV file',
    leadSites:
      'One row per site below a header line. Only the name is needed, and for project admins the organization. The owner is the e-mail address of an org admin.',
    leadPeople:
      'One row per person below a header line. The role is member, lead or org_admin. Everybody gets a link of their own.',
    columns: 'Columns: {{columns}}',
    template: 'Save a template',
    drop: 'Drop a CSV file here, or choose one.',
    choose: 'Choose a CSV file',
    another: 'Choose another file',
    fileRefused: 'This file cannot be imported',
    preview: 'Preview of the table',
    line: 'Line',
    result: 'Result',
    ready: 'ready',
    newOrganization: 'new organization',
    similar: 'Did you mean {{names}}?',
    allGood_one: '{{count}} row, without errors. Nothing has been imported yet.',
    allGood_other: '{{count}} rows, without errors. Nothing has been imported yet.',
    wrong_one:
      '{{count}} row has errors. Nothing has been imported. Correct it in your file, then choose the file again.',
    wrong_other:
      '{{count}} rows have errors. Nothing has been imported. Correct them in your file, then choose the file again.',
    more_one: 'and {{count}} more row',
    more_other: 'and {{count}} more rows',
    addSites_one: 'Add {{count}} site',
    addSites_other: 'Add {{count}} sites',
    invitePeople_one: 'Invite {{count}} person',
    invitePeople_other: 'Invite {{count}} people',
    added_one: '{{count}} site added; waiting for approval.',
    added_other: '{{count}} sites added; waiting for approval.',
    saveLinks: 'Save the links as CSV',
  },
} as const;
