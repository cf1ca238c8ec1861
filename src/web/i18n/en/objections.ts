export const objections = {
  objections: {
    title: 'Requests to join {{organization}}',
    lead: 'The project admin decides. Object if somebody does not belong to your organization; the project admin sees your objection before approving.',
    object: 'Object',
    objectTo: 'Object to the request of {{name}}',
    reason: 'Reason, for the project admin',
    objected: 'You object to the request of {{name}}.',
    withdraw: 'Withdraw',
    withdrawOf: 'Withdraw the objection to the request of {{name}}',
    withdrawn: 'Your objection to the request of {{name}} is withdrawn.',
    of: '{{who}} objects to this request: {{reason}}',
    silent: '{{who}} objects to this request.',
    overrides: 'An approval overrides these objections:',
    anyway: 'Approve anyway',
  },
};
