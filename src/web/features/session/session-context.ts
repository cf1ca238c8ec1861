import { createContext, use } from 'react';
import { approvalOf, type Approval } from '../../../contract/approval.ts';
import { isRole, type Role } from '../../../contract/roles.ts';
import type { Me, User } from '../../api/views.ts';

/** Who looks at the page. */
export interface Session {
  readonly user: User | undefined;
  readonly role: Role | undefined;
  readonly approval: Approval;
  readonly mustChangePassword: boolean;
  /** `required`: nothing else is allowed before one is set up. */
  readonly secondFactor: Me['second_factor'];
  /** Logged in at an identity provider. */
  readonly external: boolean;
  /** The account is connected with an identity provider. */
  readonly connected: boolean;
}

export const ANONYMOUS: Session = {
  user: undefined,
  role: undefined,
  approval: 'pending',
  mustChangePassword: false,
  secondFactor: 'none',
  external: false,
  connected: false,
};

/** The session that a response of `GET /me` describes. */
export const sessionOf = (me: Me): Session => ({
  user: me.user,
  role: isRole(me.user.role) ? me.user.role : undefined,
  approval: approvalOf(me.user.approval_state),
  mustChangePassword: me.must_change_password,
  secondFactor: me.second_factor,
  external: me.external,
  connected: me.connected,
});

export const SessionContext = createContext<Session>(ANONYMOUS);

export const useSession = (): Session => use(SessionContext);
