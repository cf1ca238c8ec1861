import type { KitIssuer, KitParticipant, KitProject } from '../contract/kit.ts';
import { posix } from 'node:path';
import { KNOWN_SIGNATURES } from './known-signatures.ts';
import { planKit } from './plan-kit.ts';

/**
 * Signs what a participant's kit will hold beside its keys and certificates, one file after the other, so that the kit
 * itself takes less time. What has changed until then is signed with the kit.
 *
 * @throws KitError for what the project lacks or has wrong
 */
export const signAhead = async (
  project: KitProject,
  participant: KitParticipant,
  ca: Pick<KitIssuer, 'rootCertificatePem' | 'sign'>,
): Promise<void> => {
  const { files, signed } = planKit(project, participant);
  const contents = files
    .filter(({ path }) => signed.includes(posix.dirname(path)))
    .map(({ content }) => content)
    .filter((content) => typeof content === 'string');
  for (const content of [ca.rootCertificatePem, ...contents]) {
    await KNOWN_SIGNATURES.signature(ca.rootCertificatePem, Buffer.from(content), ca.sign);
  }
};
