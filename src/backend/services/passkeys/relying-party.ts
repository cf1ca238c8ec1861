import { isIP } from 'node:net';
import { ApiError } from '../../../contract/errors.ts';

/** The dashboard as WebAuthn names it. */
export interface RelyingParty {
  /** Host name. */
  readonly id: string;
  /** Scheme, host and port. */
  readonly origin: string;
}

/** Lets only addresses pass for which browsers create passkeys. @throws ApiError `conflicting` */
export const requireHostName = ({ id, origin }: RelyingParty): void => {
  if (isIP(id.replace(/^\[|\]$/g, '')) !== 0) {
    throw new ApiError(
      'conflicting',
      'Passkeys need a host name: open the dashboard at one, not at an IP address.',
    );
  }
  if (!origin.startsWith('https:') && id !== 'localhost' && !id.endsWith('.localhost')) {
    throw new ApiError('conflicting', 'Passkeys need HTTPS.');
  }
};
