import { expect, it } from '@jest/globals';
import { forgivingWriter } from './log-file.ts';

it('goes on where there was no room, and begins a line of its own then', () => {
  let room = 6;
  let written = '';
  const write = forgivingWriter((bytes) => {
    if (room === 0) {
      throw new Error('ENOSPC');
    }
    const taken = bytes.subarray(0, room);
    room -= taken.length;
    written += Buffer.from(taken).toString('utf8');
    return taken.length;
  });
  write('one\n');
  write('two\n');
  write('three\n');
  room = 100;
  write('four\n');
  write('five\n');
  expect(written).toBe('one\ntw\nfour\nfive\n');
});
