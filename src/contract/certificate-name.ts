import { MAX_COMMON_NAME } from './names.ts';

/** Letters that Unicode does not decompose, and umlauts as German writes them without. */
const LETTERS: readonly (readonly [RegExp, string])[] = [
  [/ä/g, 'ae'],
  [/ö/g, 'oe'],
  [/ü/g, 'ue'],
  [/Ä/g, 'Ae'],
  [/Ö/g, 'Oe'],
  [/Ü/g, 'Ue'],
  [/ß/g, 'ss'],
  [/[æ]/g, 'ae'],
  [/[Æ]/g, 'Ae'],
  [/[œ]/g, 'oe'],
  [/[Œ]/g, 'Oe'],
  [/[ø]/g, 'o'],
  [/[Ø]/g, 'O'],
  [/[ł]/g, 'l'],
  [/[Ł]/g, 'L'],
  [/[đ]/g, 'd'],
  [/[Đ]/g, 'D'],
];

/**
 * Derives the name that certificates carry from an organization's display name: "Universitätsklinikum
 * Hamburg-Eppendorf" gives `Universitaetsklinikum_Hamburg_Eppendorf`.
 *
 * @returns an empty text where no letter or digit is left, such as for names in other scripts
 */
export const certificateName = (displayName: string): string =>
  LETTERS.reduce((text, [letter, plain]) => text.replace(letter, plain), displayName.normalize('NFC'))
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/['’]/g, '')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+/, '')
    .slice(0, MAX_COMMON_NAME)
    .replace(/_+$/, '');
