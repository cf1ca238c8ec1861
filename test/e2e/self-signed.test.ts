import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { dashboard, Terminal } from './command.ts';
import { makeFolder } from './surroundings.ts';

const Generated = z.object({ state: z.string(), names: z.array(z.string()), fingerprint: z.string() });

const folders: { readonly remove: () => void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) {
    folder.remove();
  }
});

const useFolder = (): { readonly path: string } => {
  const folder = makeFolder();
  folders.push(folder);
  return folder;
};

const readPair = (folder: string) => ({
  certificate: new X509Certificate(readFileSync(join(folder, 'cert', 'web.crt'))),
  key: createPrivateKey(readFileSync(join(folder, 'cert', 'web.key'))),
});

describe('dashboard tls self-signed', () => {
  test('writes a pair that only its owner reads, for the names and this host', async () => {
    const folder = useFolder();
    const ended = await dashboard(['tls', 'self-signed', 'dash.example.org', '192.0.2.7', '--json'], {
      cwd: folder.path,
    });
    expect([ended.exitCode, ended.stderr]).toEqual([0, '']);
    const { state, names, fingerprint } = Generated.parse(JSON.parse(ended.stdout));
    expect([state, names]).toEqual([
      'generated',
      ['dash.example.org', '192.0.2.7', 'localhost', '127.0.0.1', '::1'],
    ]);
    const { certificate, key } = readPair(folder.path);
    expect(certificate.checkPrivateKey(key)).toBe(true);
    expect(certificate.fingerprint256).toBe(fingerprint);
    expect(certificate.checkHost('dash.example.org')).toBe('dash.example.org');
    expect(certificate.checkIP('192.0.2.7')).toBe('192.0.2.7');
    const cert = join(folder.path, 'cert');
    expect(readdirSync(cert).sort()).toEqual(['web.crt', 'web.key']);
    expect(['web.crt', 'web.key'].map((name) => statSync(join(cert, name)).mode & 0o777)).toEqual([
      0o600, 0o600,
    ]);
    const doctor = await dashboard(['doctor', '--port', '18443'], { cwd: folder.path });
    expect(doctor.stdout).toContain('CN=dash.example.org');
  });

  test('replaces nothing without a yes', async () => {
    const folder = useFolder();
    const cert = join(folder.path, 'cert');
    mkdirSync(cert);
    writeFileSync(join(cert, 'web.key'), 'the key of before');
    const refused = await dashboard(['tls', 'self-signed'], { cwd: folder.path });
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('--yes')]);
    const asked = new Terminal(['tls', 'self-signed'], { cwd: folder.path });
    await asked.see('Replace the web certificate');
    asked.type('\r');
    expect(await asked.ended).toBe(0);
    expect(readdirSync(cert)).toEqual(['web.key']);
    expect(readFileSync(join(cert, 'web.key'), 'utf8')).toBe('the key of before');
    const agreed = await dashboard(['tls', 'self-signed', '--yes'], { cwd: folder.path });
    expect(agreed.exitCode).toBe(0);
    const { certificate, key } = readPair(folder.path);
    expect(certificate.checkPrivateKey(key)).toBe(true);
  });

  test.each(['-x', 'a b', 'https://dash.example.org', 'krankenhäuser.example.org', ''])(
    'rejects %j as a name',
    async (name) => {
      const folder = useFolder();
      const ended = await dashboard(['tls', 'self-signed', '--', name], { cwd: folder.path });
      expect([ended.exitCode, readdirSync(folder.path)]).toEqual([2, []]);
    },
  );
});
