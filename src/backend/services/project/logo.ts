import { createHash } from 'node:crypto';
import { ApiError } from '../../../contract/errors.ts';
import { authorize } from '../../auth/authorization.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { readProject, updateProject } from '../../store/project.ts';
import { readLogo, storeLogo } from '../../store/project-logo.ts';
import { refuseFields } from '../users/user-fields.ts';
import { readPicture } from './read-picture.ts';

const HASH_LENGTH = 16;

/** Returns the project's logo. @throws ApiError `not_found` without one */
export const getLogo = async (
  context: ServiceContext,
): Promise<{ readonly type: string; readonly bytes: Buffer }> => {
  const logo = await readLogo(context.db.reader);
  if (logo === undefined) {
    throw new ApiError('not_found', 'The project has no logo.');
  }
  return { type: logo.type, bytes: Buffer.from(logo.content, 'base64') };
};

/** Stores the project's logo. @param content base64 @throws ApiError `unauthorized`, `invalid` */
export const setLogo = async (
  context: ServiceContext,
  requester: Requester,
  content: string,
): Promise<void> => {
  authorize(requester.principal, 'project.change');
  const bytes = Buffer.from(content, 'base64');
  const picture = readPicture(bytes);
  if (picture.type === undefined) {
    refuseFields([{ path: 'content', code: 'image_unusable', message: picture.problem }]);
    return;
  }
  const { type } = picture;
  const logo = createHash('sha256').update(bytes).digest('base64url').slice(0, HASH_LENGTH);
  await change(context, requester, async (trx, audit) => {
    if ((await readProject(trx)).logo === logo) {
      return;
    }
    await storeLogo(trx, { type, content: bytes.toString('base64') });
    await updateProject(trx, { logo });
    await audit('project.change', 'project', { fields: ['logo'] });
  });
};

/** Removes the project's logo, if there is one. @throws ApiError `unauthorized` */
export const removeLogo = async (context: ServiceContext, requester: Requester): Promise<void> => {
  authorize(requester.principal, 'project.change');
  await change(context, requester, async (trx, audit) => {
    if ((await readProject(trx)).logo === '') {
      return;
    }
    await storeLogo(trx, undefined);
    await updateProject(trx, { logo: '' });
    await audit('project.change', 'project', { fields: ['logo'] });
  });
};
