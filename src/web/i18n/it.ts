import type { Translation } from './en.ts';
import { account } from './it/account.ts';
import { administration } from './it/administration.ts';
import { common } from './it/common.ts';
import { errors } from './it/errors.ts';
import { factor } from './it/factor.ts';
import { kits } from './it/kits.ts';
import { messages } from './it/messages.ts';
import { sso } from './it/sso.ts';
import { objections } from './it/objections.ts';
import { people } from './it/people.ts';
import { places } from './it/places.ts';

/** Texts of the page in Italian that the log-in, a home page or what may come up anywhere needs; see later.ts. */
export const it: Translation = {
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
