import { z } from 'zod';
import { OrganizationResponse, type OrganizationView } from '../../../contract/api/organization.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { Handler } from '../../handler.ts';
import type { Report } from '../../output/output.ts';
import { tableLines } from '../../output/table-lines.ts';
import { connect } from '../../remote/find-connection.ts';
import { listOrganizations, organizationPath } from '../../remote/organizations.ts';

const Raw = z.object({
  certificateName: z.string().optional(),
  contacts: z.string().optional(),
  displayName: z.string().optional(),
});

const report = (state: string, organization: OrganizationView): Report => ({
  data: { state, organization },
  lines: [
    `${organization.name}: ${organization.display_name}`,
    ...(organization.similar.length === 0 ? [] : [`Looks like: ${organization.similar.join(', ')}`]),
  ],
});

/** `dashboard organizations list` */
export const list: Handler = async (flags, _words, { runtime, signal }) => {
  const organizations = await listOrganizations(await connect(flags, runtime, signal));
  const rows = organizations.map(({ name, display_name }) => [name, display_name]);
  return {
    data: { organizations },
    lines: rows.length === 0 ? ['None.'] : tableLines([['NAME', 'DISPLAY NAME'], ...rows]),
  };
};

/** `dashboard organizations add` */
export const add: Handler = async (flags, [display_name = ''], { runtime, signal }) => {
  const { certificateName: name, contacts } = Raw.parse(flags);
  const api = await connect(flags, runtime, signal);
  const body = { display_name, name, contacts };
  const { organization } = await api.call(OrganizationResponse, {
    method: 'POST',
    path: '/organizations',
    body,
  });
  return report('added', organization);
};

/** `dashboard organizations change` */
export const change: Handler = async (flags, [from = ''], { runtime, signal }) => {
  const { certificateName: name, contacts, displayName: display_name } = Raw.parse(flags);
  if (name === undefined && contacts === undefined && display_name === undefined) {
    throw CLI_ERRORS.inputMissing({
      what: 'Nothing to change was named.',
      advice: 'Give --display-name, --contacts or --certificate-name.',
    });
  }
  const api = await connect(flags, runtime, signal);
  const body = { name, contacts, display_name };
  const { organization } = await api.call(OrganizationResponse, {
    method: 'PATCH',
    path: organizationPath(from),
    body,
  });
  return report('changed', organization);
};

/** `dashboard organizations rename` */
export const rename: Handler = async (flags, [from = '', name = ''], { runtime, signal }) => {
  const api = await connect(flags, runtime, signal);
  const { organization } = await api.call(OrganizationResponse, {
    method: 'PATCH',
    path: organizationPath(from),
    body: { name },
  });
  return report('renamed', organization);
};
