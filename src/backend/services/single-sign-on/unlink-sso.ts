import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import { PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { deleteIdentitiesOf, hasIdentity } from '../../store/identities.ts';
import { deleteProviderSessionsOf } from '../../store/sessions.ts';
import { userById } from '../../store/users.ts';
import { adminsWithPassword } from './break-glass.ts';

/**
 * Disconnects the requester's account from the identity provider, and ends its other sessions that began there.
 *
 * @throws ApiError `confirmation_required`, `not_found` for an account that is not connected, `conflicting` where no
 *   password would open it afterwards
 */
export const unlinkSso = async (context: ServiceContext, requester: Requester): Promise<void> => {
  const principal = authorizeUser(requester.principal, 'sso.unlink');
  requirePresence(principal, context.now(), PRESENCE_MS);
  await change(context, requester, async (trx, audit) => {
    const { id, email, session } = principal;
    if (!(await hasIdentity(trx, id))) {
      throw new ApiError('not_found', 'This account is not connected with an identity provider.');
    }
    const user = await userById(trx, id);
    const [breakGlass] = await adminsWithPassword(trx);
    const opens = context.config.localPasswords !== false || breakGlass?.id === id;
    if (user === undefined || user.password_hash === '' || !opens) {
      throw new ApiError(
        'conflicting',
        'Nobody could log in to this account any more: it has no password that works here.',
        { fields: [{ path: 'password', code: 'missing', message: 'is needed to log in afterwards' }] },
      );
    }
    await deleteIdentitiesOf(trx, id);
    await deleteProviderSessionsOf(trx, id, session);
    await audit('sso.unlink', `user:${email}`);
  });
};
