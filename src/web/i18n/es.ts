import type { Translation } from './en.ts';
import { account } from './es/account.ts';
import { administration } from './es/administration.ts';
import { common } from './es/common.ts';
import { errors } from './es/errors.ts';
import { factor } from './es/factor.ts';
import { kits } from './es/kits.ts';
import { messages } from './es/messages.ts';
import { sso } from './es/sso.ts';
import { objections } from './es/objections.ts';
import { people } from './es/people.ts';
import { places } from './es/places.ts';

/** Texts of the page in Spanish that the log-in, a home page or what may come up anywhere needs; see later.ts. */
export const es: Translation = {
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
