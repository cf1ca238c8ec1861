import type { later } from './en/later.ts';
import { account } from './en/account.ts';
import { administration } from './en/administration.ts';
import { common } from './en/common.ts';
import { errors } from './en/errors.ts';
import { factor } from './en/factor.ts';
import { kits } from './en/kits.ts';
import { messages } from './en/messages.ts';
import { objections } from './en/objections.ts';
import { people } from './en/people.ts';
import { places } from './en/places.ts';
import { sso } from './en/sso.ts';

/** Texts of the page in English that the log-in, a home page or what may come up anywhere needs; see later.ts. */
export const en = {
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
} as const;

type Shape<T> = { readonly [K in keyof T]: T[K] extends string ? string : Shape<T[K]> };

/** Texts that another language has to bring. */
export type Texts = Shape<typeof en>;

/** All texts in English; the other languages have the same keys. */
export type AllTexts = typeof en & typeof later;

type Part<T> = { readonly [K in keyof T]?: T[K] extends string ? string : Part<T[K]> };

/** Texts in a language; that none is missing is for the test to say. */
export type Translation = Part<Texts>;

/** The same of texts that come later. */
export type LaterTranslation = Part<Shape<typeof later>>;
