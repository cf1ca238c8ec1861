import type { Translation } from './en.ts';
import { account } from './fr/account.ts';
import { administration } from './fr/administration.ts';
import { common } from './fr/common.ts';
import { errors } from './fr/errors.ts';
import { factor } from './fr/factor.ts';
import { kits } from './fr/kits.ts';
import { messages } from './fr/messages.ts';
import { sso } from './fr/sso.ts';
import { objections } from './fr/objections.ts';
import { people } from './fr/people.ts';
import { places } from './fr/places.ts';

/** Texts of the page in French that the log-in, a home page or what may come up anywhere needs; see later.ts. */
export const fr: Translation = {
  ...common,
  ...account,
  ...objections,
  ...people,
  ...places,
  ...administration,
  ...kits,
  ...sso,
  ...errors,
  ...factor,
  ...messages,
};
