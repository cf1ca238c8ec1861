/** Operations on the root CA: operation, method, path, body. */
export const OWN_ROOT_CELLS = [
  ['root_ca.passphrase', 'POST', '/passphrase', { passphrase: 'long enough' }],
  ['root_ca.prepared', 'GET', '/ca/prepared'],
  ['root_ca.prepare', 'POST', '/ca/request'],
  ['root_ca.prepare', 'POST', '/ca/certificate', { certificate: 'x' }],
  ['root_ca.prepare', 'POST', '/ca/import', { certificate: 'x', key: 'x' }],
  ['root_ca.prepare', 'DELETE', '/ca/prepared'],
  ['root_renewal.plan', 'GET', '/ca/renewal'],
  ['root_renewal.plan', 'POST', '/ca/renewal/plan', {}],
  ['root_renewal.apply', 'POST', '/ca/renewal', { version: '0'.repeat(64) }],
] as const;
