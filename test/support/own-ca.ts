import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Extensions of a CA as NVFLARE requires them. */
export const CA_EXTENSIONS = [
  'basicConstraints=critical,CA:TRUE',
  'keyUsage=critical,keyCertSign,cRLSign,digitalSignature',
  'subjectKeyIdentifier=hash',
] as const;

interface CaOptions {
  /** As OpenSSL writes it. */
  readonly subject?: string;
  readonly extensions?: readonly string[];
  /** Name of the CA that signs it; self-signed without. */
  readonly issuer?: string;
  /** Arguments of `openssl genpkey`. */
  readonly key?: readonly string[];
  /** Name of a certificate made before, whose key it takes; RSA keys take long. */
  readonly keyOf?: string;
  readonly digest?: string;
  readonly days?: number;
}

const RSA_2048 = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];

/** CAs of a hospital, made by OpenSSL in a folder of its own. */
export class OwnCa {
  readonly #folder = mkdtempSync(join(tmpdir(), 'own-ca-'));

  openssl(...args: readonly string[]): void {
    execFileSync('openssl', args, { cwd: this.#folder, stdio: 'pipe' });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  path(name: string): string {
    return join(this.#folder, name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  bytes(name: string): Buffer {
    return readFileSync(this.path(name));
  }

  certificate(name: string): string {
    return this.read(`${name}.pem`);
  }

  key(name: string): string {
    return this.read(`${name}.key`);
  }

  write(name: string, content: string | Buffer): void {
    writeFileSync(this.path(name), content);
  }

  /** Signs a request with a CA of this folder. */
  sign(request: string, name: string, issuer: string, options: CaOptions = {}): string {
    this.write(`${name}.csr`, request);
    this.write(`${name}.ext`, `${(options.extensions ?? CA_EXTENSIONS).join('\n')}\n`);
    this.openssl(
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`],
      ...['-days', String(options.days ?? 300), '-extfile', `${name}.ext`, '-out', `${name}.pem`],
      `-${options.digest ?? 'sha256'}`,
    );
    return this.certificate(name);
  }

  /** Makes NAME.key and NAME.pem; returns the certificate. */
  make(name: string, options: CaOptions = {}): string {
    const { subject = '/CN=study', issuer, key = RSA_2048, digest = 'sha256' } = options;
    if (options.keyOf === undefined || options.key !== undefined) {
      this.openssl('genpkey', ...key, '-out', `${name}.key`);
    } else {
      this.write(`${name}.key`, this.key(options.keyOf));
    }
    const request = [
      'req',
      '-config',
      '/dev/null',
      '-new',
      '-key',
      `${name}.key`,
      '-subj',
      subject,
      `-${digest}`,
    ];
    if (issuer !== undefined) {
      this.openssl(...request, '-out', `${name}.csr`);
      return this.sign(this.read(`${name}.csr`), name, issuer, options);
    }
    const extensions = (options.extensions ?? CA_EXTENSIONS).flatMap((line) => ['-addext', line]);
    this.openssl(
      ...request,
      ...['-x509', '-days', String(options.days ?? 300), ...extensions, '-out', `${name}.pem`],
    );
    return this.certificate(name);
  }

  /** Writes a key of this folder encrypted; returns its PEM. */
  encryptedKey(name: string, passphrase: string, ...options: readonly string[]): string {
    this.write('passphrase', passphrase);
    const form = options.length === 0 ? ['-v2', 'aes-256-cbc'] : options;
    this.openssl(
      ...['pkcs8', '-topk8', ...form, '-in', `${name}.key`, '-passout', 'file:passphrase'],
      ...['-out', `${name}.sealed`],
    );
    return this.read(`${name}.sealed`);
  }
}
