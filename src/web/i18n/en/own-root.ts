export const ownRoot = {
  ownRoot: {
    warning: {
      no_job_ca:
        'Its pathlen:0 allows no CA below it: NVFLARE 2.10 needs a job CA, so this project cannot move to 2.10 with it.',
      no_crl:
        "It may not sign revocation lists (cRLSign is missing): proxies will reject the project's list.",
    },
    title: 'Root CA',
    none: 'The freeze generates a root CA. You can use your own instead.',
    certificate: 'Certificate of the root CA',
    certificateHint: 'PEM, DER, or PKCS#12 with the key inside; its CN is the project’s short name.',
    key: 'Private key',
    keyHint:
      'RSA, PEM. It is stored under the passphrase with which the dashboard was started, otherwise under its own.',
    passphrase: 'Passphrase of the key or PKCS#12 file (if it has one)',
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
  rootRenewal: {
    title: 'Root CA',
    expires: 'The root CA expires on {{time}}.',
    progress:
      '{{renewed}} of {{total}} participants have the present root certificate. The one of before expires on {{time}}; kits with either work together until then.',
    waiting: 'Still with the one of before',
    renew: 'Renew the root CA',
    lead: 'The key stays, only the certificate is renewed: nobody has to change kits at once, and what was issued stays valid. Everybody needs the next kit before the present certificate expires.',
    days: 'Valid for (days)',
    request: 'Another CA signed it. Have it sign this request, then choose what it issues:',
    kits: 'Needs the next kit',
    nobody: 'nobody yet',
  },
} as const;
