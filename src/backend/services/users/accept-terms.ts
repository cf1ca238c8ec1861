import type { UserView } from '../../../contract/api/user.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { readProject } from '../../store/project.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { updateUser, userById } from '../../store/users.ts';
import { userView } from './user-view.ts';

/**
 * Records that the requester accepts the terms; the first acceptance of a version counts.
 *
 * @throws ApiError `conflicting` for another version than that of the project
 */
export const acceptTerms = async (
  context: ServiceContext,
  requester: Requester,
  version: string,
): Promise<UserView> => {
  const { id } = authorizeUser(requester.principal, 'terms.accept');
  return change(context, requester, async (trx, audit) => {
    const user = await userById(trx, id);
    if (user === undefined) {
      throw new ApiError('unauthenticated', 'Log in first.');
    }
    const { terms, terms_version } = await readProject(trx);
    if (terms === '' || terms_version !== version) {
      throw new ApiError(
        'conflicting',
        'These are not the terms of the project any more; reload and try again.',
        {
          fields: [{ path: 'version', code: 'changed', message: 'is not that of the terms any more' }],
        },
      );
    }
    if (user.terms_version === version) {
      return userView(user);
    }
    const accepted = { terms_version: version, terms_accepted_at: toTimestamp(context.now()) };
    await updateUser(trx, id, accepted);
    await audit('user.accept_terms', `user:${user.email}`, { version });
    return userView({ ...user, ...accepted });
  });
};
