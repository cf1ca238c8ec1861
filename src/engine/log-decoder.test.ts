import { expect, test } from '@jest/globals';
import { LogDecoder } from './log-decoder.ts';

const frame = (stream: number, bytes: Buffer): Buffer => {
  const header = Buffer.alloc(8);
  header.writeUInt8(stream, 0);
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
};

const text = Buffer.from('grüße\r\nzwei\n');
const cut = text.indexOf(0xc3) + 1;
const log = Buffer.concat([
  frame(1, text.subarray(0, cut)),
  frame(2, Buffer.from('err')),
  frame(1, text.subarray(cut)),
  frame(2, Buffer.from('or')),
]);
const expected = [
  { stream: 'stdout', text: 'grüße' },
  { stream: 'stdout', text: 'zwei' },
  { stream: 'stderr', text: 'error' },
];

test('lines and characters that are split over frames come out whole', () => {
  const decoder = new LogDecoder();
  expect([...decoder.push(log), ...decoder.end()]).toEqual(expected);
});

test('it does not matter how the network cuts the frames', () => {
  const decoder = new LogDecoder();
  const bytes = [...log].flatMap((byte) => decoder.push(Buffer.from([byte])));
  expect([...bytes, ...decoder.end()]).toEqual(expected);
});
