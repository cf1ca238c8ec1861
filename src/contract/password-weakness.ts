import { COMMON_WORDS, isCommonPassword } from './common-passwords.ts';

/** Describes what a password must not be built of, for whoever chooses it. */
export interface PasswordContext {
  readonly email: string;
  readonly name?: string | undefined;
  readonly organization?: string | undefined;
  readonly project?: { readonly short_name: string; readonly title: string } | undefined;
}

const PRODUCT = ['nvidia', 'nvflare', 'flare', 'dashboard', 'federated', 'learning', 'federation'];
/** Shorter words stand in too many good passwords. */
const MIN_WORD = 4;
/** Letters that have to remain when the words are taken out. */
const MIN_REST = 4;
/** A phrase of more words than these is hard to guess, even if each of them is common. */
const MAX_WORDS = 2;

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

const lettersOf = (text: string): string => text.replace(/[^\p{L}]/gu, '');

const wordsOf = (...texts: readonly (string | undefined)[]): readonly string[] =>
  texts.flatMap((text = '') => {
    const lower = text.normalize('NFKC').toLowerCase();
    return [lettersOf(lower), ...lower.split(/[^\p{L}]+/u)];
  });

const contextWords = ({ email, name, organization, project }: PasswordContext): readonly string[] => {
  const [local, domain = ''] = email.split('@');
  return wordsOf(
    ...PRODUCT,
    local,
    ...domain.split('.').slice(0, -1),
    name,
    organization,
    project?.short_name,
    project?.title,
  );
};

/** The password without digits and signs around it, with those inside read as the letters they stand for. */
export const plainForms = (lower: string): readonly string[] => {
  const core = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const leetCore = lower.replace(/^[^\p{L}@$]+|[^\p{L}]+$/gu, '');
  const read = leetCore.replace(/[013457@$!]/g, (sign) => LEET[sign] ?? sign);
  return [...new Set([lower, core, lettersOf(lower), lettersOf(read)])];
};

/** True when little more than one or two of the words makes up the letters. */
const isBuiltOf = (letters: string, words: readonly string[]): boolean => {
  let rest = letters;
  let used = 0;
  for (const word of words) {
    if (!rest.includes(word)) {
      continue;
    }
    rest = rest.replaceAll(word, ' ');
    used += 1;
  }
  return used > 0 && used <= MAX_WORDS && lettersOf(rest).length < MIN_REST;
};

/**
 * Says what is wrong with a password of sufficient length: it contains the name before the @ of the e-mail, or is
 * common, or built of common words or of names of project, organization, product and person.
 */
export const passwordWeakness = (
  value: string,
  context: PasswordContext,
): 'contains_email' | 'too_common' | undefined => {
  const lower = value.normalize('NFKC').toLowerCase();
  const email = context.email.toLowerCase();
  const [local = ''] = email.split('@', 1);
  if (local.length >= MIN_WORD && lower.includes(local)) {
    return 'contains_email';
  }
  const words = [...new Set([...COMMON_WORDS, ...contextWords(context)])]
    .filter((word) => word.length >= MIN_WORD)
    .sort((one, other) => other.length - one.length);
  const isBuilt = plainForms(lower).some((form) => isBuiltOf(lettersOf(form), words));
  return lower === email || isCommonPassword(lower) || isBuilt ? 'too_common' : undefined;
};
