import { sql, type RawBuilder } from 'kysely';
import { APPROVED, PENDING, type Approval } from '../../contract/approval.ts';

/** True for the stored states that count as that approval. */
export const inApproval = (state: RawBuilder<unknown>, approval: Approval): RawBuilder<boolean> => {
  switch (approval) {
    case 'denied':
      return sql<boolean>`${state} < ${PENDING}`;
    case 'pending':
      return sql<boolean>`(${state} >= ${PENDING} and ${state} < ${APPROVED})`;
    case 'approved':
      return sql<boolean>`${state} >= ${APPROVED}`;
  }
};
