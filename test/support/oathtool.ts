import { execFileSync } from 'node:child_process';

/** Returns the code that Debian's oathtool computes for a secret, which it reads from standard input. */
export const oathCode = (secret: string, at = new Date()): string =>
  execFileSync('oathtool', ['--totp', '--base32', `--now=${at.toISOString().slice(0, 19)}Z`, '-'], {
    input: secret,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], TZ: 'UTC' },
  }).trim();
