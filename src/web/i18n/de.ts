import { account } from './de/account.ts';
import { administration } from './de/administration.ts';
import { common } from './de/common.ts';
import { errors } from './de/errors.ts';
import { factor } from './de/factor.ts';
import { kits } from './de/kits.ts';
import { messages } from './de/messages.ts';
import { objections } from './de/objections.ts';
import { people } from './de/people.ts';
import { places } from './de/places.ts';
import { sso } from './de/sso.ts';
import type { Texts } from './en.ts';

/** Texts of the page in German that the log-in, a home page or what may come up anywhere needs; see later.ts. */
export const de: Texts = {
  ...common,
  ...messages,
  ...factor,
  ...sso,
  ...account,
  ...objections,
  ...people,
  ...places,
  ...administration,
  ...kits,
  ...errors,
};
