import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { KitIssuer } from '../../src/contract/kit.ts';
import { issueLeaf } from '../../src/pki/issue-leaf.ts';
import { createRootCa } from '../../src/pki/root-ca.ts';
import { signContent } from '../../src/pki/sign-content.ts';

const generate = promisify(generateKeyPair);

/** A root CA with small keys, for tests of what is built on it. */
export const kitIssuer = async (commonName: string, now: Date): Promise<KitIssuer> => {
  const root = await createRootCa({ commonName, validDays: 3650, keyBits: 2048, now });
  return {
    rootCertificatePem: root.certificatePem,
    sign: (content) => signContent(root.privateKey, content),
    issue: async (request) => {
      const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2048 });
      const keyPair = {
        bits: 2048,
        publicKeyDer: publicKey.export({ type: 'pkcs1', format: 'der' }),
        privateKeyPem: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
      } as const;
      return issueLeaf({ root, request, keyPair, validDays: 365, now });
    },
  };
};
