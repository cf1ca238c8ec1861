const BLOCK = 64;
const LENGTH_FIELD = 8;

const primes = (count: number): readonly number[] => {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate += 1) {
    if (found.every((prime) => candidate % prime !== 0)) {
      found.push(candidate);
    }
  }
  return found;
};

const fraction = (value: number): number => ((value - Math.floor(value)) * 2 ** 32) | 0;

const ROUND = Int32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)));

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

const padded = (content: Uint8Array): DataView => {
  const length = Math.ceil((content.length + 1 + LENGTH_FIELD) / BLOCK) * BLOCK;
  const bytes = new Uint8Array(length);
  bytes.set(content);
  bytes[content.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(length - LENGTH_FIELD, BigInt(content.length) * 8n);
  return view;
};

const schedule = (view: DataView, at: number): Int32Array => {
  const words = new Int32Array(64);
  for (let word = 0; word < 16; word += 1) {
    words[word] = view.getInt32(at + word * 4);
  }
  for (let word = 16; word < 64; word += 1) {
    const early = words[word - 15] ?? 0;
    const late = words[word - 2] ?? 0;
    const small0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const small1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    words[word] = ((words[word - 16] ?? 0) + small0 + (words[word - 7] ?? 0) + small1) | 0;
  }
  return words;
};

const compress = (state: Int32Array, words: Int32Array): void => {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let round = 0; round < 64; round += 1) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const first = (h + sum1 + ((e & f) ^ (~e & g)) + (ROUND[round] ?? 0) + (words[round] ?? 0)) | 0;
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const second = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, at) => {
    state[at] = (state[at] ?? 0) + word;
  });
};

/**
 * SHA-256 (FIPS 180-4) of a file, in lower-case hexadecimal. The browser's own digest is missing on pages without
 * HTTPS, which is how some hospitals reach the dashboard.
 */
export const sha256 = (content: Uint8Array): string => {
  const view = padded(content);
  const state = START.slice();
  for (let at = 0; at < view.byteLength; at += BLOCK) {
    compress(state, schedule(view, at));
  }
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
};
