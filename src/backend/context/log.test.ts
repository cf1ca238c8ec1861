import { expect, it } from '@jest/globals';
import { createLog } from './log.ts';

const written = (log: (to: ReturnType<typeof createLog>) => void): readonly string[] => {
  const lines: string[] = [];
  log(createLog('info', (line) => lines.push(line)));
  return lines;
};

it.each([
  ['a line break', 'North"}\n{"level":30,"msg":"forged"}'],
  ['a carriage return and a line break', 'North\r\nforged'],
  ['separators of Unicode', 'North\u2028forged\u2029forged'],
  ["a terminal's commands", '\u001b[2J\u009b31mNorth\u0085'],
  ['reversed writing', 'North\u202egnp.exe\u2066'],
  ['markup', '<script>alert(1)</script>'],
])('writes a name with %s into one line that acts on no terminal, and loses nothing of it', (_, name) => {
  const lines = written((log) => {
    log.info({ site: name }, `registered ${name}`);
  });
  expect(lines).toHaveLength(1);
  const [line = ''] = lines;
  expect(line).toMatch(/^[\u0020-\u007e]+\n$/);
  expect(JSON.parse(line)).toMatchObject({ site: name, msg: `registered ${name}` });
});

it('writes no secret, at the top or further down', () => {
  const secret = 'quiet-Harbour-1234';
  const [line = ''] = written((log) => {
    log.info({ password: secret, body: { pin: secret, request: { passphrase: secret } } }, 'a request');
  });
  expect(line).not.toContain(secret);
  expect(JSON.parse(line)).toMatchObject({ password: '[redacted]', body: { pin: '[redacted]' } });
});
