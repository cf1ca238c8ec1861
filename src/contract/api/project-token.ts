import { z } from 'zod';
import { AccessTokenCreate, AccessTokenView } from './access-token.ts';

const MAX_NAME = 64;

/** The name stands in the audit log, and with what the token did. */
export const ProjectTokenCreate = AccessTokenCreate.extend({
  name: AccessTokenCreate.shape.name.max(MAX_NAME),
});

/** A token with the rights of a project admin that is nobody's. */
export const ProjectTokenView = AccessTokenView.omit({ owner: true }).extend({
  /** E-mail of who created it, also after that account has ended. */
  created_by: z.string(),
});
export type ProjectTokenView = z.infer<typeof ProjectTokenView>;

export const ProjectTokensResponse = z.object({
  status: z.string(),
  project_tokens: z.array(ProjectTokenView),
});
/** `token` is in this response only; the dashboard keeps a hash. */
export const ProjectTokenResponse = z.object({
  status: z.string(),
  project_token: ProjectTokenView,
  token: z.string(),
});
