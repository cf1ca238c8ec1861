import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A root CA in a folder, as provisioning creates one, with what it issues. */
export class ProvisionedRoot {
  readonly #folder: string;

  /** @param folder exists and gets rootCA.pem and rootCA.key */
  constructor(folder: string) {
    this.#folder = folder;
    this.#openssl(
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=study'],
      ...['-addext', 'basicConstraints=critical,CA:TRUE', '-keyout', 'rootCA.key', '-out', 'rootCA.pem'],
    );
  }

  #openssl(...args: readonly string[]): void {
    execFileSync('openssl', args, { cwd: this.#folder, stdio: 'pipe' });
  }

  read(name: string): string {
    return readFileSync(join(this.#folder, name), 'utf8');
  }

  /** Encrypts the root key in place. */
  encryptKey(passphrase: string): void {
    writeFileSync(join(this.#folder, 'passphrase'), passphrase);
    this.#openssl(
      ...['pkcs8', '-topk8', '-v2', 'aes-256-cbc', '-in', 'rootCA.key', '-out', 'sealed.key'],
      ...['-passout', 'file:passphrase'],
    );
    writeFileSync(join(this.#folder, 'rootCA.key'), this.read('sealed.key'));
  }

  /** @param subject as OpenSSL writes it; @param hosts of a server */
  issue(subject: string, hosts: readonly string[] = []): string {
    const extensions = hosts.map((host) => `DNS:${host}`).join(',');
    writeFileSync(
      join(this.#folder, 'extensions'),
      hosts.length === 0 ? 'basicConstraints=CA:FALSE\n' : `subjectAltName=${extensions}\n`,
    );
    this.#openssl(
      ...['req', '-new', '-newkey', 'rsa:2048', '-nodes', '-subj', subject, '-keyout', 'leaf.key'],
      ...['-out', 'leaf.csr'],
    );
    this.#openssl(
      ...['x509', '-req', '-in', 'leaf.csr', '-CA', 'rootCA.pem', '-CAkey', 'rootCA.key', '-days', '20'],
      ...['-extfile', 'extensions', '-out', 'leaf.pem'],
    );
    return this.read('leaf.pem');
  }
}
