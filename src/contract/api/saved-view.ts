import { z } from 'zod';
import { FreeLine } from '../free-text.ts';

/** Lists of the page that can be narrowed. */
export const VIEW_LISTS = ['inbox', 'users', 'sites', 'certificates', 'audit'] as const;

export const MAX_VIEWS = 50;
const MAX_NAME = 64;
const MAX_VALUE = 256;

const value = FreeLine.min(1).max(MAX_VALUE).optional();

/** Parameters of the page's address that narrow or sort a list; which page of it is shown is not among them. */
export const ViewFilters = z.strictObject({
  q: value,
  sort: value,
  state: value,
  role: value,
  organization: value,
  kit: value,
  kind: value,
  soon: value,
  action: value,
  from: value,
  to: value,
});
export type ViewFilters = z.infer<typeof ViewFilters>;

export const SavedViewCreate = z.object({
  list: z.enum(VIEW_LISTS),
  name: FreeLine.max(MAX_NAME).regex(/\S/, 'is missing'),
  filters: ViewFilters,
});
export type SavedViewCreate = z.infer<typeof SavedViewCreate>;

export const SavedView = z.object({
  id: z.string(),
  list: z.enum(VIEW_LISTS),
  name: z.string(),
  filters: ViewFilters,
});
export type SavedView = z.infer<typeof SavedView>;

export const SavedViewsResponse = z.object({ status: z.string(), views: z.array(SavedView) });
export const SavedViewResponse = z.object({ status: z.string(), view: SavedView });
export const SavedViewParam = z.object({ id: z.string().max(64) });
