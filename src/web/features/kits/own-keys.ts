import { takesOwnKeys } from '../../../contract/participant-yaml.ts';
import type { Project, Site, User } from '../../api/views.ts';
import type { OwnKeyHolder } from '../requests/own-key-holder.ts';

/** NVFLARE's own command, where it takes the project's name and the person's role. */
const toolFor = (
  { target_release: release, short_name: name }: Project,
  role?: string,
): OwnKeyHolder['tool'] => (takesOwnKeys(release, name) && role !== 'project_admin' ? 'nvflare' : 'openssl');

export const ownKeyOfSite = (project: Project, { id, name, organization }: Site): OwnKeyHolder => ({
  holder: { kind: 'client', id },
  participant: { name, type: 'client', org: organization },
  tool: toolFor(project),
});

export const ownKeyOfUser = (project: Project, { id, email, organization, role }: User): OwnKeyHolder => ({
  holder: { kind: 'user', id },
  participant: { name: email, type: 'admin', org: organization, role },
  tool: toolFor(project, role),
});

/** @param organization of the project admin, which server certificates name */
export const ownKeyOfServer = (
  project: Project,
  { id, name }: { readonly id: number; readonly name: string },
  organization: string,
): OwnKeyHolder => ({
  holder: { kind: 'server', id },
  participant: { name, type: 'server', org: organization },
  tool: toolFor(project),
});
