import { describe, expect, it } from '@jest/globals';
import { similarNames } from './similar-names.ts';

describe('similar names', () => {
  it.each(['hospital_a', 'Hospital_a', 'Hospita1_A', 'HospitaI_A', 'Hospital_A_', 'HospitalA', 'H0spital_A'])(
    'find Hospital_A for %s',
    (name) => {
      expect(similarNames(name, ['Hospital_A', 'Hospital_B', 'Clinic'])).toEqual(['Hospital_A']);
    },
  );

  it('find rn for m, and names of another case', () => {
    expect(similarNames('rnayo', ['Mayo'])).toEqual(['Mayo']);
    expect(similarNames('NVIDIA', ['nvidia', 'NVIDIA'])).toEqual(['nvidia']);
  });

  it('find nothing for the name itself, another one or none', () => {
    expect(similarNames('Hospital_A', ['Hospital_A', 'Hospital_B'])).toEqual([]);
    expect(similarNames('', ['', '_'])).toEqual([]);
  });
});
