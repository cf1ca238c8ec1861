import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { ProjectPatch } from '../../../contract/api/project.ts';
import { PropsObject } from '../../../contract/api/response.ts';
import { FreeLine, FreeText } from '../../../contract/free-text.ts';
import { Email, OrganizationName, SiteName } from '../../../contract/names.ts';
import { PARTICIPANT_TYPES } from '../../../contract/participant-type.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { systemReason } from '../../../contract/system-reason.ts';
import { REMOTE_ERRORS } from '../../remote/remote-errors.ts';

/** The states that a file can ask for; one left out leaves the decision as it is. */
const State = z.enum(['approved', 'pending', 'denied']);
export type State = z.infer<typeof State>;

const FileUser = z.strictObject({
  email: Email,
  organization: OrganizationName,
  role: z.enum(['org_admin', 'lead', 'member', 'project_admin']),
  name: FreeLine.optional(),
  description: FreeText.optional(),
  state: State.optional(),
});
export type FileUser = z.infer<typeof FileUser>;

const FileSite = z.strictObject({
  name: SiteName,
  type: z.enum(PARTICIPANT_TYPES).optional(),
  organization: OrganizationName,
  description: FreeText.optional(),
  capacity: z
    .strictObject({
      num_of_gpus: z.number().int().min(0).max(1024).optional(),
      mem_per_gpu_in_GiB: z.number().int().min(0).max(65535).optional(),
    })
    .optional(),
  props: PropsObject.optional(),
  state: State.optional(),
});
export type FileSite = z.infer<typeof FileSite>;

const FileOrganization = z.strictObject({
  name: OrganizationName,
  display_name: FreeLine.min(1),
  contacts: z.string().max(2048).optional(),
});
export type FileOrganization = z.infer<typeof FileOrganization>;

/** A whole project as one file. */
export const ProjectFile = z.strictObject({
  /** `logo` names a picture, from the folder of this file; empty for none. */
  project: z.strictObject({ ...ProjectPatch.shape, logo: z.string().max(4096).optional() }).optional(),
  organizations: z.array(FileOrganization).optional(),
  users: z.array(FileUser).optional(),
  sites: z.array(FileSite).optional(),
});
export type ProjectFile = z.infer<typeof ProjectFile>;

const repeated = (names: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  return names.filter((name) => {
    const key = name.toLowerCase();
    if (seen.has(key)) {
      return true;
    }
    seen.add(key);
    return false;
  });
};

/** @throws CliError `project_file_invalid` naming every problem, `file_unusable` */
export const readProjectFile = async (path: string): Promise<ProjectFile> => {
  const bytes = await readFile(path).catch((error: unknown) => {
    const advice = 'Name a readable YAML file.';
    throw CLI_ERRORS.fileUnusable({ path, reason: systemReason(error), advice }, { cause: error });
  });
  const invalid = (problems: readonly string[]) => REMOTE_ERRORS.projectFileInvalid({ path, problems });
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) {
    throw invalid(['it is not UTF-8']);
  }
  const document = parseDocument(text);
  const [broken] = document.errors;
  if (broken !== undefined) {
    throw invalid([broken.message.split('\n', 1).join('').replace(/:$/, '')]);
  }
  const parsed = ProjectFile.safeParse(document.toJS() ?? {});
  if (!parsed.success) {
    throw invalid(
      parsed.error.issues.map(({ path: where, message }) => `${where.join('.')} ${message}`.trim()),
    );
  }
  const { organizations = [], users = [], sites = [] } = parsed.data;
  const twice = [
    ...repeated(organizations.map(({ name }) => name)),
    ...repeated(users.map(({ email }) => email)),
    ...repeated(sites.map(({ name }) => name)),
  ];
  if (twice.length > 0) {
    throw invalid(twice.map((name) => `${name} stands there twice`));
  }
  return parsed.data;
};
