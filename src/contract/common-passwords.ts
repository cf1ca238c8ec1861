/**
 * Passwords of eight characters and more that are tried first, made of the words and key rows people build them
 * from, so that a short list covers many.
 */
const WORDS =
  'password passwort passw0rd p@ssword p@ssw0rd welcome welcome1 letmein iloveyou princess sunshine football baseball basketball superman batman starwars computer internet whatever trustno1 dragon monkey shadow master michael jordan jennifer charlie freedom mustang corvette mercedes ferrari chelsea liverpool arsenal barcelona juventus samsung google facebook linkedin microsoft windows hospital medical doctor nvidia nvflare flare dashboard admin administrator root toor guest test tester testing changeme default secret login access system server manager qwerty qwertyui qwertyuiop asdfgh asdfghjk asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc 1qaz2wsx 1q2w3e4r 1q2w3e4r5t q1w2e3r4 zaq12wsx abcd abcdef abcdefg abcdefgh abc123 a1b2c3d4 aa123456 hello helloworld summer winter spring autumn january monday blink182 pokemon naruto hunter hunter2 killer soccer hockey cheese cookie banana orange flower purple yellow silver golden diamond ginger pepper buster tigger jessica ashley nicole daniel thomas andrew joshua matthew anthony robert william'.split(
    ' ',
  );
const ROWS = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
];
const ENDINGS = /(?:[0-9]{0,4}|19[0-9]{2}|20[0-9]{2})[!?.@#$*]{0,3}$/;

/** Words that passwords are built of. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(WORDS);

/** True for a password built of a common word with digits and signs after it, of one character, or of a key row. */
export const isCommonPassword = (password: string): boolean => {
  const lower = password.toLowerCase();
  if (COMMON_WORDS.has(lower) || COMMON_WORDS.has(lower.replace(ENDINGS, ''))) {
    return true;
  }
  if (new Set(lower).size <= 2) {
    return true;
  }
  if (ROWS.some((row) => row.includes(lower))) {
    return true;
  }
  const half = lower.slice(0, lower.length / 2);
  return half + half === lower && (COMMON_WORDS.has(half) || ROWS.some((row) => row.includes(half)));
};
