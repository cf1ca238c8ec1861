export const ownRoot = {
  ownRoot: {
    title: 'Root CA',
    none: 'The freeze generates a root CA. You can use your own instead.',
    certificate: 'Certificate of the root CA',
    certificateHint: 'PEM or DER; its CN is the project’s short name.',
    key: 'Private key',
    keyHint:
      'RSA, PEM. It is stored under the passphrase with which the dashboard was started, otherwise under its own.',
    passphrase: 'Passphrase of the key (if it has one)',
    import: 'Import',
    requestLead:
      'Or let another CA, such as that of the hospital, sign it: the key is generated here and stays here.',
    request: 'Generate a request',
    requested:
      'The request for the root CA “{{name}}” waits for the signature of another CA. Import what it issues, with the certificates of the CAs above it in the same PEM file.',
    saveRequest: 'Save the request',
    accept: 'Import the signed certificate',
    discard: 'Discard',
    ready: 'The freeze takes this root CA:',
    subject: 'Subject',
    issuer: 'Issuer',
    expires: 'Expires',
    refused: 'Refused',
  },
} as const;
