/** Operations on the root CA: operation, method, path, body. */
export const OWN_ROOT_CELLS = [
  ['authority.passphrase', 'POST', '/passphrase', { passphrase: 'long enough' }],
  ['authority.prepared', 'GET', '/ca/prepared'],
  ['authority.prepare', 'POST', '/ca/request'],
  ['authority.prepare', 'POST', '/ca/certificate', { certificate: 'x' }],
  ['authority.prepare', 'POST', '/ca/import', { certificate: 'x', key: 'x' }],
  ['authority.prepare', 'DELETE', '/ca/prepared'],
  ['root_renewal.plan', 'GET', '/ca/renewal'],
  ['root_renewal.plan', 'POST', '/ca/renewal/plan', {}],
  ['root_renewal.apply', 'POST', '/ca/renewal', { version: '0'.repeat(64) }],
] as const;
