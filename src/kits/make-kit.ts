import type { Readable } from 'node:stream';
import type { IssuedLeaf } from '../domain/certificate.ts';
import type { KitAuthority, KitParticipant, KitProject } from '../domain/kit.ts';

/** All that one kit is made of. */
export interface KitOrder {
  readonly project: KitProject;
  readonly participant: KitParticipant;
  /** Password of the zip; letters and digits. */
  readonly pin: string;
  readonly authority: KitAuthority;
  /** Stands as the files' time in the zip. */
  readonly now: Date;
}

export interface Kit {
  /** `<participant>.zip`. */
  readonly fileName: string;
  /** The participant's own certificate. */
  readonly certificate: IssuedLeaf;
  /** The zip as it is being made; a failure on the way destroys the stream with the error. */
  readonly zip: Readable;
}

/**
 * Makes a participant's startup kit: checks, asks the authority for key and certificate, renders, signs, zips.
 * Everything but the zip itself is done when this resolves.
 *
 * @throws KitError for what the project lacks or has wrong; errors of the authority pass through
 */
export const makeKit = (_order: KitOrder): Promise<Kit> => Promise.reject(new Error('kits are not made yet'));
