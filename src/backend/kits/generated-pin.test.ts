import { describe, expect, it } from '@jest/globals';
import { Pin } from '../../contract/names.ts';
import { generatePin } from './generated-pin.ts';

describe('a PIN made by the server', () => {
  it('is a valid PIN of at least 128 bits', () => {
    const pins = Array.from({ length: 500 }, () => generatePin());
    const symbols = new Set(pins.join(''));
    for (const pin of pins) {
      expect(Pin.safeParse(pin).success).toBe(true);
    }
    expect(new Set(pins).size).toBe(500);
    expect((pins[0] ?? '').length * Math.log2(symbols.size)).toBeGreaterThanOrEqual(128);
  });

  it('takes every symbol of its alphabet for the same number of random bytes', () => {
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 256; byte += 1) {
      const symbol = generatePin(() => Buffer.from([byte]));
      counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
    }
    expect([...counts.values()]).toEqual(Array.from({ length: 32 }, () => 8));
  });
});
