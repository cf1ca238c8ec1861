import { pemOf, signTbs, subjectPublicKeyInfo } from '../certificate.ts';
import { distinguishedName } from '../distinguished-name.ts';
import { explicit, integer, oid, sequence, set } from '../der.ts';
import { authorityKeyUsage, caBasicConstraints } from '../extensions.ts';
import { OID } from '../oids.ts';
import { publicKeyOf, type SigningKey } from '../signing-key.ts';

const VERSION_1 = Uint8Array.of(0);
const ATTRIBUTES_TAG = 0;

/**
 * Writes the request with which another CA can sign a project's root CA (PKCS#10, RFC 2986). It asks for the
 * extensions that NVFLARE requires of a root.
 *
 * @returns PEM
 * @throws PkiError `name_invalid`
 */
export const rootRequest = async (commonName: string, key: SigningKey): Promise<string> => {
  const info = sequence([
    integer(VERSION_1),
    distinguishedName({ commonName }),
    subjectPublicKeyInfo(publicKeyOf(key).export({ type: 'pkcs1', format: 'der' })),
    explicit(
      ATTRIBUTES_TAG,
      sequence([oid(OID.extensionRequest), set([sequence([caBasicConstraints(), authorityKeyUsage()])])]),
    ),
  ]);
  return pemOf('CERTIFICATE REQUEST', await signTbs(info, key));
};
