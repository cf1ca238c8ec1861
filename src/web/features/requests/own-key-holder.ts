import type { YamlParticipant } from '../../../contract/participant-yaml.ts';
import type { CertificateRequest } from '../../api/views.ts';

/** Who keeps a key: as the API names it, and as `nvflare cert request` does. */
export interface OwnKeyHolder {
  readonly holder: CertificateRequest['holder'];
  readonly participant: YamlParticipant;
  /** Program that generates key and request. */
  readonly tool: 'nvflare' | 'openssl';
}

/** The newest request for the holder's certificate. @param requests newest first */
export const requestOf = (
  requests: readonly CertificateRequest[],
  { holder }: OwnKeyHolder,
): CertificateRequest | undefined =>
  requests.find((request) => request.holder.kind === holder.kind && request.holder.id === holder.id);
