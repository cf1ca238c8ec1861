import { z } from 'zod';
import { Email, OrganizationName, SiteName } from './names.ts';

/** Names of studies as NVFLARE takes them. */
const STUDY = /^[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?$/;
/** Jobs without a study are those of this one. */
const DEFAULT_STUDY = 'default';

const StudyName = z
  .string()
  .regex(
    STUDY,
    'is no name of a study: up to 63 lower-case letters, digits, hyphens and underscores, none of the latter two at either end',
  )
  .refine((name) => name !== DEFAULT_STUDY, 'is a name that NVFLARE keeps for itself');

/** Which sites, by organization, and which people take part in a study. */
const Study = z.strictObject({
  site_orgs: z.record(OrganizationName, z.array(SiteName).max(1000)).default({}),
  admins: z.array(Email).max(1000).default([]),
});

/** Studies of a project by name, as `studies` of NVFLARE's `project.yml` has them. */
export const Studies = z.record(StudyName, Study);
export type Studies = z.infer<typeof Studies>;
