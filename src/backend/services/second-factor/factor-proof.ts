import type { Trx } from '../../store/database.ts';

/** A second factor that was right; it counts once {@link FactorProof.spend} has used it up. */
export interface FactorProof {
  readonly factor: 'totp' | 'recovery_code' | 'passkey';
  /** @throws ApiError `invalid` or `conflicting` where another request has used it meanwhile */
  readonly spend: (trx: Trx) => Promise<void>;
}
