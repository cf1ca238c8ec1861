import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import {
  MAX_VIEWS,
  VIEW_LISTS,
  ViewFilters,
  type SavedView,
  type SavedViewCreate,
} from '../../../contract/api/saved-view.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { deleteSavedView, insertSavedView, savedViewsOf } from '../../store/saved-views.ts';
import type { SavedViewRow } from '../../store/schema.ts';
import { toTimestamp } from '../../store/timestamp.ts';

const ID_BYTES = 12;

const List = z.enum(VIEW_LISTS);

/** A list or filter that this version does not know was saved by a later one. */
const view = ({ id, list, name, filters }: SavedViewRow): readonly SavedView[] => {
  const known = List.safeParse(list);
  const shown = ViewFilters.safeParse(JSON.parse(filters));
  return known.success && shown.success ? [{ id, list: known.data, name, filters: shown.data }] : [];
};

/** Lists the requester's saved views by list and name. */
export const findSavedViews = async (context: ServiceContext, requester: Requester): Promise<SavedView[]> => {
  const { id } = authorizeUser(requester.principal, 'saved_views.read');
  return (await savedViewsOf(context.db.reader, id)).flatMap(view);
};

/** Keeps filters of a list under a name. @throws ApiError `conflicting` for a taken name and the 51st */
export const saveView = async (
  context: ServiceContext,
  requester: Requester,
  { list, name, filters }: SavedViewCreate,
): Promise<SavedView> => {
  const principal = authorizeUser(requester.principal, 'saved_views.change');
  const id = randomBytes(ID_BYTES).toString('hex');
  await change(context, requester, async (trx, audit) => {
    const own = await savedViewsOf(trx, principal.id);
    if (own.some((row) => row.list === list && row.name === name)) {
      throw new ApiError('conflicting', 'Another of your views of this list has this name.', {
        fields: [{ path: 'name', code: 'duplicate', message: 'names another of your views of this list' }],
      });
    }
    if (own.length >= MAX_VIEWS) {
      throw new ApiError('conflicting', `There can be ${MAX_VIEWS} saved views; delete one first.`, {
        fields: [
          { path: 'name', code: 'too_many', message: `would be the ${MAX_VIEWS + 1}st view; delete one` },
        ],
      });
    }
    await insertSavedView(trx, {
      id,
      user_id: principal.id,
      list,
      name,
      filters: JSON.stringify(filters),
      created_at: toTimestamp(context.now()),
    });
    await audit('saved_view.create', `saved_view:${name}`, { list });
  });
  return { id, list, name, filters };
};

/** Deletes a view of the requester's own. @throws ApiError `not_found` */
export const forgetView = async (
  context: ServiceContext,
  requester: Requester,
  id: string,
): Promise<void> => {
  const principal = authorizeUser(requester.principal, 'saved_views.change');
  await change(context, requester, async (trx, audit) => {
    const found = (await savedViewsOf(trx, principal.id)).find((row) => row.id === id);
    if (found === undefined) {
      throw new ApiError('not_found', 'There is no such view.');
    }
    await deleteSavedView(trx, id);
    await audit('saved_view.delete', `saved_view:${found.name}`, { list: found.list });
  });
};
