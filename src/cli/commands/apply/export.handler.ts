import { stringify } from 'yaml';
import { ProjectPatch, ProjectResponse } from '../../../contract/api/project.ts';
import { approvalOf } from '../../../contract/approval.ts';
import type { Handler } from '../../handler.ts';
import { connect } from '../../remote/find-connection.ts';
import { listOrganizations, readOrganization } from '../../remote/organizations.ts';
import { listSites, listUsers } from '../../remote/participants.ts';

/** `dashboard export`: the project in the form that `dashboard apply` reads; unfinished sign-ups are left out. */
export const exportProject: Handler = async (flags, _words, { runtime, signal }) => {
  const api = await connect(flags, runtime, signal);
  const { project } = await api.call(ProjectResponse, { path: '/project' });
  // What sign_up says in full, public says in part.
  const settings = new Set(Object.keys(ProjectPatch.shape).filter((name) => name !== 'public'));
  const described = (await listOrganizations(api)).filter(({ display_name }) => display_name !== '');
  const organizations = await Promise.all(described.map(({ name }) => readOrganization(api, name)));
  const file = {
    project: Object.fromEntries(Object.entries(project).filter(([name]) => settings.has(name))),
    ...(organizations.length === 0
      ? {}
      : {
          organizations: organizations.map(({ name, display_name, contacts }) => ({
            ...{ name, display_name },
            ...(contacts === '' ? {} : { contacts }),
          })),
        }),
    users: (await listUsers(api))
      .filter(({ role, organization }) => role !== '' && organization !== '')
      .map(({ email, organization, role, name, description, approval_state: state }) => ({
        ...{ email, organization, role, name, description },
        state: approvalOf(state),
      })),
    sites: (await listSites(api)).map(
      ({ name, type, organization, description, capacity, props, approval_state: state }) => ({
        name,
        ...(type === 'relay' ? { type } : {}),
        ...{ organization, description, capacity },
        ...(props === undefined || Object.keys(props).length === 0 ? {} : { props }),
        state: approvalOf(state),
      }),
    ),
  };
  return { data: { file }, lines: [stringify(file).trimEnd()] };
};
