/** What `nvflare cert request -p` needs to know of a participant. */
export interface YamlParticipant {
  readonly name: string;
  readonly type: 'client' | 'server' | 'admin';
  readonly org: string;
  /** Of people only. */
  readonly role?: string | undefined;
}

/** All texts in it are names, which need no more escaping than JSON's. */
const quoted = (text: string): string => JSON.stringify(text);

/** Returns the participant file of `nvflare cert request` (2.8, 2.9). */
export const participantYaml = (project: string, { name, type, org, role }: YamlParticipant): string =>
  [
    `name: ${quoted(project)}`,
    'participants:',
    `  - name: ${quoted(name)}`,
    `    type: ${type}`,
    `    org: ${quoted(org)}`,
    ...(role === undefined ? [] : [`    role: ${role}`]),
    '',
  ].join('\n');
