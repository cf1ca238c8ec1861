import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import { zipCrypto } from './zip-crypto.ts';
import { zipStream } from './zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'zip-'));
const PASSWORD = 'aB3d5678';
const TIME = new Date('2026-03-01T12:34:56Z');
const files = [
  { path: 'a/empty', mode: 0o644, content: Buffer.alloc(0) },
  { path: 'a/run.sh', mode: 0o755, content: Buffer.from('#!/bin/sh\n'.repeat(5000)) },
  {
    path: 'secret',
    mode: 0o600,
    content: Buffer.from(Array.from({ length: 1000 }, (_, at) => (at * at * 31) % 251)),
  },
  { path: 'a/größe', mode: 0o644, content: Buffer.from('x') },
];

/** Opens WinZip's AES as its specification tells, which Python's own zipfile cannot. */
const OPEN_AES = `
import hashlib, hmac, struct, subprocess, sys, zipfile, zlib
path, password = sys.argv[1], sys.argv[2].encode()
data = open(path, "rb").read()
for info in zipfile.ZipFile(path).infolist():
    if info.is_dir(): continue
    name, extra = struct.unpack("<HH", data[info.header_offset + 26:info.header_offset + 30])
    start = info.header_offset + 30 + name + extra
    raw = data[start:start + info.compress_size]
    key = hashlib.pbkdf2_hmac("sha1", password, raw[:16], 1000, 66)
    assert raw[16:18] == key[64:]
    body = raw[18:-10]
    assert hmac.new(key[32:64], body, "sha1").digest()[:10] == raw[-10:]
    blocks = b"".join(struct.pack("<QQ", n + 1, 0) for n in range((len(body) + 15) // 16))
    mask = subprocess.run(["openssl", "enc", "-aes-256-ecb", "-nopad", "-K", key[:32].hex()], input=blocks, capture_output=True, check=True).stdout
    plain = bytes(a ^ b for a, b in zip(body, mask))
    at = info.extra.index(b"\\x01\\x99")
    version, vendor, strength, method = struct.unpack("<H2sBH", info.extra[at + 4:at + 11])
    assert (version, vendor, strength) == (2, b"AE", 3)
    if method == 8: plain = zlib.decompress(plain, -15)
    assert len(plain) == info.file_size
    print(info.filename, hashlib.sha256(plain).hexdigest())
`;

/** Prints a zip's directory as Python reads it, one entry a line. */
const LIST = `
import sys, zipfile
for e in zipfile.ZipFile(sys.argv[1]).infolist():
    print(e.filename, oct(e.external_attr >> 16), e.external_attr & 0xff, e.compress_type, e.extract_version, hex(e.flag_bits), e.CRC != 0, "%d-%02d-%02d %02d:%02d:%02d" % e.date_time)
`;

const zipped = async (encryption: 'zipcrypto' | 'aes256', top = ''): Promise<string> => {
  const file = join(folder, `${encryption}${top}.zip`);
  const content = { files, folders: ['empty-folder'], top, password: PASSWORD, encryption, time: TIME };
  writeFileSync(file, await buffer(zipStream(content)));
  return file;
};

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a zip', () => {
  test('is opened by unzip with contents, modes, folders and times', async () => {
    const target = join(folder, 'opened');
    const env = { ...process.env, LC_ALL: 'C.UTF-8' };
    execFileSync('unzip', ['-qq', '-P', PASSWORD, await zipped('zipcrypto', 'top'), '-d', target], { env });
    for (const { path, mode, content } of files) {
      const at = join(target, 'top', path);
      expect(readFileSync(at).equals(content)).toBe(true);
      expect(statSync(at).mode & 0o777).toBe(mode);
      expect(statSync(at).mtime).toEqual(TIME);
    }
    expect(statSync(join(target, 'top/empty-folder')).mode & 0o777).toBe(0o755);
  });

  test('is opened by Python, and not with another password', async () => {
    const file = await zipped('zipcrypto');
    const open = (password: string): string =>
      execFileSync(
        'python3',
        [
          '-c',
          'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); z.setpassword(sys.argv[2].encode()); print(z.testzip())',
          file,
          password,
        ],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
      );
    expect(open(PASSWORD)).toBe('None\n');
    expect(() => open('aB3d5679')).toThrow('Bad password');
  });

  test('with AES-256 follows the specification', async () => {
    const file = await zipped('aes256');
    const names = execFileSync('python3', ['-c', OPEN_AES, file, PASSWORD], { encoding: 'utf8' });
    const expected = files.map(
      ({ path, content }) => `${path} ${createHash('sha256').update(content).digest('hex')}`,
    );
    expect(names.trim().split('\n')).toEqual(expected);
  });

  test.each([
    ['zipcrypto', '', { stored: '0 20 0x801 True', deflated: '8 20 0x801 True', empty: '0 20 0x801 False' }],
    [
      'aes256',
      'top',
      { stored: '99 51 0x801 False', deflated: '99 51 0x801 False', empty: '99 51 0x801 False' },
    ],
  ] as const)('says of each entry what it is, with %s under %j', async (encryption, top, says) => {
    const file = await zipped(encryption, top);
    const lines = execFileSync('python3', ['-c', LIST, file], { encoding: 'utf8' }).trim().split('\n');
    const at = top === '' ? '' : `${top}/`;
    const two = (value: number) => String(value).padStart(2, '0');
    const time =
      `${TIME.getFullYear()}-${two(TIME.getMonth() + 1)}-${two(TIME.getDate())} ` +
      `${two(TIME.getHours())}:${two(TIME.getMinutes())}:${two(TIME.getSeconds())}`;
    const folderSays = `0o40755 16 0 20 0x800 False ${time}`;
    expect(lines).toEqual([
      ...(top === '' ? [] : [`${at} ${folderSays}`]),
      `${at}a/ ${folderSays}`,
      `${at}empty-folder/ ${folderSays}`,
      `${at}a/empty 0o100644 0 ${says.empty} ${time}`,
      `${at}a/run.sh 0o100755 0 ${says.deflated} ${time}`,
      `${at}secret 0o100600 0 ${says.deflated} ${time}`,
      `${at}a/größe 0o100644 0 ${says.stored} ${time}`,
    ]);
  });

  test('has another encryption header each time', () => {
    const content = Buffer.from('the same');
    const made = () => zipCrypto(PASSWORD, content, crc32(content)).toString('hex');
    expect(made()).not.toBe(made());
  });
});
