import { fitsNvflareProject } from './own-key-names.ts';
import { profileOf, type TargetRelease } from './releases.ts';

/** Describes what `nvflare cert request -p` needs to know of a participant. */
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

/** True where `nvflare cert request` and `nvflare package` work: 2.8 and later, short names without spaces. */
export const takesOwnKeys = (release: TargetRelease, shortName: string): boolean =>
  profileOf(release) === 'plain' && fitsNvflareProject(shortName);

/**
 * True where a key can stay with its holder: up to 2.7, sites and servers start only with a key file that the root CA
 * has signed.
 */
export const keepsOwnKey = (release: TargetRelease, kind: 'server' | 'client' | 'user'): boolean =>
  kind === 'user' || profileOf(release) === 'plain';
