import { posix } from 'node:path';
import type { KitIssuer } from '../contract/kit.ts';
import { kitJson } from './json.ts';
import type { RenderedFile } from './kit-file.ts';
import type { SignatureCache } from './signature-cache.ts';

/**
 * Creates a folder's signature.json: base name → base64 of the root key's RSA-PSS signature (docs/startup-kit-format.md#signatures).
 *
 * @param files all files of the kit; those directly in the folder are signed
 */
export const signFolder = async (
  folder: string,
  files: readonly RenderedFile[],
  issuer: Pick<KitIssuer, 'rootCertificatePem' | 'sign'>,
  cache: SignatureCache,
): Promise<RenderedFile> => {
  const signatures = await Promise.all(
    files
      .filter(({ path }) => posix.dirname(path) === folder)
      .map(async ({ path, content }): Promise<readonly [string, string]> => [
        posix.basename(path),
        await cache.signature(issuer.rootCertificatePem, content, issuer.sign),
      ]),
  );
  return {
    path: `${folder}/signature.json`,
    mode: 0o644,
    content: Buffer.from(kitJson(Object.fromEntries(signatures))),
  };
};
