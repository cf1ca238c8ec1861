import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { IssuedCertificate } from '../contract/certificate.ts';
import type { KitIssuer, KitProject } from '../contract/kit.ts';
import { participantYaml, type YamlParticipant } from '../contract/participant-yaml.ts';
import type { RequestClaims } from './request-zip.ts';
import { settingsOf } from './settings.ts';
import { zipStream } from './zip.ts';

/** An approved request, whose claims were all found true. */
export interface Approval {
  readonly project: KitProject;
  readonly claims: Pick<
    RequestClaims,
    'request_id' | 'project' | 'name' | 'org' | 'kind' | 'cert_type' | 'cert_role' | 'csr_sha256'
  >;
  readonly participant: YamlParticipant;
  readonly certificate: Pick<IssuedCertificate, 'certificatePem' | 'serial' | 'notAfter' | 'publicKeySha256'>;
  readonly ca: Pick<KitIssuer, 'rootCertificatePem' | 'sign'>;
  /** SHA-256 of the root CA's certificate, upper-case pairs with colons. */
  readonly rootFingerprint: string;
  readonly now: Date;
}

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const secondsOf = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

const DEFAULT_SECURITY = 'mtls';

/**
 * Writes `NAME.signed.zip`, from which `nvflare package` (2.8, 2.9) makes the kit around the key at the site.
 *
 * @throws KitError for what the project lacks or has wrong
 */
export const signedZip = async (approval: Approval): Promise<Buffer> => {
  const { project, claims, participant, certificate, ca, rootFingerprint, now } = approval;
  const { scheme, server, projectProps } = settingsOf(project);
  const siteYaml = Buffer.from(participantYaml(claims.project, participant));
  const files = new Map([
    ['site.yaml', siteYaml],
    [`${claims.name}.crt`, Buffer.from(certificate.certificatePem)],
    ['rootCA.pem', Buffer.from(ca.rootCertificatePem)],
  ]);
  const signed = Buffer.from(
    JSON.stringify(
      {
        artifact_type: 'nvflare.cert.signed',
        schema_version: '1',
        request_id: claims.request_id,
        approved_at: secondsOf(now),
        project: claims.project,
        name: claims.name,
        org: claims.org,
        kind: claims.kind,
        cert_type: claims.cert_type,
        ...(claims.kind === 'user' ? { cert_role: claims.cert_role } : {}),
        certificate: {
          serial: `0x${certificate.serial.toLowerCase()}`,
          valid_until: secondsOf(certificate.notAfter),
        },
        cert_file: `${claims.name}.crt`,
        rootca_file: 'rootCA.pem',
        ca_info: { provision_version: '00', rootCA_fingerprint: `SHA256:${rootFingerprint}` },
        hashes: {
          csr_sha256: claims.csr_sha256,
          site_yaml_sha256: sha256(siteYaml),
          certificate_sha256: sha256(Buffer.from(certificate.certificatePem)),
          rootca_sha256: sha256(Buffer.from(ca.rootCertificatePem)),
          public_key_sha256: certificate.publicKeySha256,
        },
        scheme,
        default_connection_security: projectProps.connection_security ?? DEFAULT_SECURITY,
        server: { host: server.host, fed_learn_port: server.flPort, admin_port: server.adminPort },
      },
      undefined,
      2,
    ),
  );
  files.set('signed.json', signed);
  files.set('signed.json.sig', Buffer.from((await ca.sign(signed)).toString('base64')));
  return buffer(
    zipStream({
      files: [...files].map(([path, content]) => ({ path, mode: 0o644, content })),
      folders: [],
      top: '',
      password: '',
      encryption: 'none',
      time: now,
    }),
  );
};
