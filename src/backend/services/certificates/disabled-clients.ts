import { signContent } from '../../../pki/sign-content.ts';
import { authorize } from '../../auth/authorization.ts';
import type { Requester } from '../../auth/principal.ts';
import type { ServiceContext } from '../../context/context.ts';
import { lockedOutSites } from '../../store/revocations.ts';
import { followStoredRoot } from '../root-ca/follow-stored-root.ts';
import { toTimestamp } from '../../store/timestamp.ts';

/**
 * Returns the sites that the FL server must not let in: those all of whose certificates are revoked.
 *
 * @throws ApiError `unauthorized`
 */
export const disabledClients = async (
  context: ServiceContext,
  requester: Requester,
): Promise<readonly string[]> => {
  authorize(requester.principal, 'certificates.disabled');
  return lockedOutSites(context.db.reader, toTimestamp(context.now()));
};

/** A body signed by the root CA, together with the time. */
export interface SignedBody {
  /** Seconds since 1970. */
  readonly at: string;
  /** Base64 of RSA-PSS over the seconds, a line feed and the body. */
  readonly signature: string;
}

/** Signs a list that is about to be sent; undefined while the root key is sealed or there is none. */
export const signBody = async (context: ServiceContext, body: Buffer): Promise<SignedBody | undefined> => {
  await followStoredRoot(context);
  if (context.rootCa.state() !== 'open') {
    return undefined;
  }
  const at = String(Math.floor(context.now().getTime() / 1000));
  const content = Buffer.concat([Buffer.from(`${at}\n`), body]);
  const signature = await signContent(context.rootCa.root().privateKey, content);
  return { at, signature: signature.toString('base64') };
};
