import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { fromUntrustedDer, itemsOf } from '../../der.ts';
import { OwnRootError } from '../own-root-error.ts';
import { requireRsa } from '../read-key.ts';
import { joined, open, openContent, readContent, type Bags, type Sealed } from './bags.ts';
import { octetsOf, requireNamed, tableOf } from './ber.ts';
import { countEncryption } from './cipher.ts';
import { countMac, isUnchanged, readMac, type Mac } from './mac.ts';
import { passphraseForms, type PassphraseForm } from './passphrase-forms.ts';
import { WorkLimit } from './work-limit.ts';

const DATA = tableOf([['1.2.840.113549.1.7.1', true]]);

/** A root CA's key, and PEM of its certificate with the CAs above it. */
export interface Pkcs12Root {
  readonly privateKey: KeyObject;
  readonly certificates: string;
}

interface Pfx {
  /** What the code covers. */
  readonly content: Buffer;
  readonly contents: readonly (Bags | Sealed)[];
  readonly mac: Mac | undefined;
}

const unreadable = (cause: unknown): OwnRootError =>
  cause instanceof OwnRootError ? cause : new OwnRootError('pkcs12_unreadable', { cause });

const readPfx = (file: Buffer): Pfx => {
  try {
    const [, safe, mac] = itemsOf(fromUntrustedDer(file));
    const [kind, wrapped] = itemsOf(safe);
    requireNamed(kind, DATA, 'signed with a key instead of a passphrase');
    const content = octetsOf(itemsOf(wrapped)[0]);
    return {
      content,
      contents: itemsOf(fromUntrustedDer(content)).map(readContent),
      mac: mac === undefined ? undefined : readMac(mac),
    };
  } catch (error) {
    throw unreadable(error);
  }
};

/** Refuses too much work before any is done; bags inside of encrypted ones are counted once they are open. */
const requireLightWork = ({ contents, mac }: Pfx): void => {
  const limit = new WorkLimit();
  if (mac !== undefined) {
    countMac(mac, limit);
  }
  for (const content of contents) {
    for (const part of 'keys' in content ? content.keys : [content]) {
      if ('encryption' in part) {
        countEncryption(part.encryption, limit);
      }
    }
  }
};

const isLocked = ({ contents, mac }: Pfx): boolean =>
  mac !== undefined ||
  contents.some((content) => !('keys' in content) || content.keys.some((key) => 'encryption' in key));

interface Opened {
  readonly privateKey: KeyObject;
  readonly certificates: readonly Buffer[];
}

const onlyKey = ([key, ...more]: Bags['keys']): Buffer | Sealed => {
  if (key === undefined) {
    throw new OwnRootError('pkcs12_incomplete', { detail: 'no private key' });
  }
  if (more.length > 0) {
    throw new OwnRootError('pkcs12_several_keys', { detail: `${more.length + 1} keys` });
  }
  return key;
};

/** @throws OwnRootError; Error when the passphrase does not fit or something is damaged */
const openWith = async (pfx: Pfx, form: PassphraseForm, limit: WorkLimit): Promise<Opened> => {
  if (pfx.mac !== undefined) {
    countMac(pfx.mac, limit);
    if (!(await isUnchanged(pfx.mac, pfx.content, form))) {
      throw new Error('the code over the content is another one');
    }
  }
  const bags: Bags[] = [];
  for (const content of pfx.contents) {
    bags.push(await openContent(content, form, limit));
  }
  const { keys, certificates } = joined(bags);
  const found = onlyKey(keys);
  const key = 'encryption' in found ? await open(found, form, limit) : found;
  return { privateKey: createPrivateKey({ key, format: 'der', type: 'pkcs8' }), certificates };
};

/** Opens a file with the first form of its passphrase that fits. @throws OwnRootError */
const openPfx = async (pfx: Pfx, passphrase: string | undefined): Promise<Opened> => {
  const limit = new WorkLimit();
  const causes: unknown[] = [];
  for (const form of passphraseForms(passphrase)) {
    try {
      return await openWith(pfx, form, limit);
    } catch (error) {
      if (error instanceof OwnRootError) {
        throw error;
      }
      causes.push(error);
    }
  }
  if (!isLocked(pfx)) {
    throw unreadable(causes[0]);
  }
  const code = passphrase === undefined || passphrase === '' ? 'key_encrypted' : 'key_passphrase_wrong';
  throw new OwnRootError(code, { cause: causes[0] });
};

const certificateOf = (der: Buffer): X509Certificate => {
  try {
    return new X509Certificate(der);
  } catch (error) {
    throw unreadable(error);
  }
};

/** Picks the certificate of a key and the CAs above it; all of them where none is the key's. */
const chainOf = (publicKey: KeyObject, all: readonly X509Certificate[]): readonly X509Certificate[] => {
  const own = all.find((certificate) => certificate.publicKey.equals(publicKey));
  if (own === undefined) {
    return all;
  }
  const chain = [own];
  let left = all.filter((other) => other !== own);
  for (let last: X509Certificate | undefined = own; last !== undefined;) {
    const child: X509Certificate = last;
    const issuer = child.checkIssued(child) ? undefined : left.find((other) => child.checkIssued(other));
    if (issuer !== undefined) {
      chain.push(issuer);
      left = left.filter((other) => other !== issuer);
    }
    last = issuer;
  }
  return chain;
};

/**
 * Reads a root CA from a file of PKCS#12 (RFC 7292), of today's programs and of older ones.
 *
 * @param file DER or BER
 * @throws OwnRootError
 */
export const readPkcs12 = async (file: Buffer, passphrase: string | undefined): Promise<Pkcs12Root> => {
  const pfx = readPfx(file);
  requireLightWork(pfx);
  const { privateKey, certificates } = await openPfx(pfx, passphrase);
  requireRsa(privateKey);
  if (certificates.length === 0) {
    throw new OwnRootError('pkcs12_incomplete', { detail: 'no certificate' });
  }
  const chain = chainOf(createPublicKey(privateKey), certificates.map(certificateOf));
  return { privateKey, certificates: chain.map((certificate) => certificate.toString()).join('') };
};
