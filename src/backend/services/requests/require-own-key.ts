import type { RequestHolder } from '../../../contract/api/requests.ts';
import { ApiError } from '../../../contract/errors.ts';
import type { KitProject } from '../../../contract/kit.ts';
import { keepsOwnKey } from '../../../contract/participant-yaml.ts';

/**
 * Refuses the key of a site or server in a release that starts with no key but one the root CA has signed as a file,
 * for which it would have to come here.
 *
 * @throws ApiError `conflicting`
 */
export const requireOwnKey = ({ targetRelease }: KitProject, { kind }: Pick<RequestHolder, 'kind'>): void => {
  if (keepsOwnKey(targetRelease, kind)) {
    return;
  }
  const message = `NVFLARE ${targetRelease} starts sites and servers only with a key file signed by the root CA, so their keys cannot stay elsewhere. Download a startup kit, or use 2.8 or later.`;
  throw new ApiError('conflicting', message, { fields: [{ path: 'request', message }] });
};
