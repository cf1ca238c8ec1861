import { expect, it } from '@jest/globals';
import { certificateName } from './certificate-name.ts';
import { OrganizationName } from './names.ts';

it.each([
  ['Universitätsklinikum Hamburg-Eppendorf', 'Universitaetsklinikum_Hamburg_Eppendorf'],
  ['Hôpital Saint-Louis', 'Hopital_Saint_Louis'],
  ["St. Mary's Hospital (NHS)", 'St_Marys_Hospital_NHS'],
  ['Großkrankenhaus Köln', 'Grosskrankenhaus_Koeln'],
  ['Szpital w Łodzi', 'Szpital_w_Lodzi'],
  ['  Clinic_7  ', 'Clinic_7'],
  ['東京病院', ''],
  ['!!!', ''],
])('derives the certificate name of %s', (displayName, name) => {
  expect(certificateName(displayName)).toBe(name);
});

it('stays within the limit of a certificate name', () => {
  const name = certificateName(`${'Ä'.repeat(40)} hospital`);
  expect(name).toHaveLength(64);
  expect(OrganizationName.safeParse(name).success).toBe(true);
});
