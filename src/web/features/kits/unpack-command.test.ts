import { expect, test } from '@jest/globals';
import { unpackCommand, unpackerOf } from './unpack-command.ts';

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64)', 'windows'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 'macos'],
  ['Mozilla/5.0 (X11; Linux x86_64)', 'linux'],
  ['', 'linux'],
])('takes the system of %j for %s', (userAgent, unpacker) => {
  expect(unpackerOf(userAgent)).toBe(unpacker);
});

test.each([
  ['linux', 'aes256', "7z x 'site-1.zip' -o'site-1'"],
  ['macos', 'aes256', "7zz x 'site-1.zip' -o'site-1'"],
  ['windows', 'aes256', String.raw`& "C:\Program Files\7-Zip\7z.exe" x "site-1.zip" -o"site-1"`],
  ['python', 'aes256', "python3 unpack_kit.py 'site-1.zip'"],
  ['linux', 'zipcrypto', "unzip 'site-1.zip' -d 'site-1'"],
  ['macos', 'zipcrypto', "unzip 'site-1.zip' -d 'site-1'"],
  ['python', 'zipcrypto', "python3 unpack_kit.py 'site-1.zip'"],
] as const)('on %s opens %s by %j', (unpacker, encryption, command) => {
  expect(unpackCommand(unpacker, 'site-1.zip', encryption)).toBe(command);
});
