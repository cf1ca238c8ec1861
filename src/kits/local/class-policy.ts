import { profileOf } from '../../contract/releases.ts';
import type { KitSettings } from '../settings.ts';
import { classAllowList } from './class-allow-list.ts';

/** Which classes jobs may load; 2.8 and later. 2.8.0 rejects every job without custom code when the list is missing. */
export const classPolicy = ({ release, projectProps }: KitSettings): object =>
  profileOf(release) === 'plain'
    ? {
        class_list_enforcement_mode: projectProps.class_list_enforcement_mode ?? 'enforce',
        class_allow_list: projectProps.class_allow_list ?? classAllowList(release),
      }
    : {};
