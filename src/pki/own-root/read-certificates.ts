import { X509Certificate } from 'node:crypto';
import { isPkcs12 } from '../../contract/pkcs12.ts';
import { OwnRootError } from './own-root-error.ts';

const BLOCK =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;
const bodyOf = (pem: string): Buffer => Buffer.from(pem.replaceAll(/-----[^-]+-----/g, ''), 'base64');

const parse = (pem: string): X509Certificate => {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw new OwnRootError(isPkcs12(bodyOf(pem)) ? 'root_pkcs12' : 'root_unreadable', { cause: error });
  }
};

/**
 * Reads certificates from PEM; texts between them are ignored.
 *
 * @throws OwnRootError `root_unreadable`, `root_pkcs12`
 */
export const readCertificates = (pem: string): readonly [X509Certificate, ...X509Certificate[]] => {
  if (pem.includes('PRIVATE KEY')) {
    throw new OwnRootError('root_unreadable', {
      detail: 'a private key is in it, which has a place of its own',
    });
  }
  const [first, ...others] = pem.match(BLOCK) ?? [];
  if (first === undefined) {
    throw new OwnRootError(isPkcs12(Buffer.from(pem, 'latin1')) ? 'root_pkcs12' : 'root_unreadable');
  }
  return [parse(first), ...others.map(parse)];
};
