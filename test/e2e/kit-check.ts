import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PIN, type Kit } from './project.ts';

/** Describes what was found in a kit after `unzip -P PIN`. */
export interface OpenedKit {
  /** Paths inside the kit. */
  readonly names: readonly string[];
  /** Octal permissions of the start script. */
  readonly startMode: string;
  readonly certificateVerifies: boolean;
  readonly keyBelongs: boolean;
}

const CERTIFICATES = { server: 'server', client: 'client', console: 'client' } as const;
const START_SCRIPTS = { server: 'start.sh', client: 'start.sh', console: 'fl_admin.sh' } as const;

const verifies = (root: string, certificate: string): boolean => {
  try {
    execFileSync('openssl', ['verify', '-x509_strict', '-CAfile', root, certificate], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
};

/** Opens a kit as a person does, and looks at what makes it one. */
export const openKit = (kit: Kit, folder: string): OpenedKit => {
  const target = join(folder, kit.kind);
  mkdirSync(target, { recursive: true });
  const archive = join(folder, `${kit.kind}.zip`);
  writeFileSync(archive, kit.zip);
  execFileSync('unzip', ['-q', '-P', PIN, archive, '-d', target]);
  const names = readdirSync(target, { recursive: true, encoding: 'utf8' });
  const script = names.find((name) => name.endsWith(START_SCRIPTS[kit.kind])) ?? '';
  const startup = join(target, dirname(script));
  const stem = join(startup, CERTIFICATES[kit.kind]);
  const certificate = new X509Certificate(readFileSync(`${stem}.crt`));
  return {
    names,
    startMode: (statSync(join(target, script)).mode & 0o777).toString(8),
    certificateVerifies: verifies(join(startup, 'rootCA.pem'), `${stem}.crt`),
    keyBelongs: certificate.checkPrivateKey(createPrivateKey(readFileSync(`${stem}.key`))),
  };
};
