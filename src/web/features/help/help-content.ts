import type { Role } from '../../../contract/roles.ts';

/** The texts of the help page; fetched with it, so that no other page carries them. */
export interface HelpTexts {
  readonly lead: string;
  readonly yourWay: string;
  readonly others: string;
  /** For each role, and for those without one, what to do in which order. */
  readonly ways: Readonly<Record<Role | 'stranger', readonly string[]>>;
  readonly strangers: string;
  readonly terms: string;
  readonly glossary: readonly (readonly [term: string, meaning: string])[];
  readonly keys: string;
  readonly keysLead: string;
  readonly news: string;
  readonly newsLead: string;
}
