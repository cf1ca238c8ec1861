import { X509Certificate } from 'node:crypto';
import type { TableMetadata } from 'kysely';
import type { ReleaseOrigin, TargetRelease } from '../../contract/releases.ts';
import type { ProjectChange } from './project.ts';

const DAY_MS = 86_400_000;
/** KeyUsage (RFC 5280, 4.2.1.3) as it stands in a certificate; NVFLARE's root CAs have it since 2.7. */
const KEY_USAGE = Buffer.from('0603551d0f', 'hex');
/** Key size and validity that NVIDIA's dashboard has always used. */
const NVIDIA_KEY_BITS = 2048;
const NVIDIA_VALID_DAYS = 360;

/** Releases of NVIDIA's dashboard, as far as the columns of their tables tell them apart. */
type Family = '2.2–2.5' | '2.6–2.7' | '2.8–2.9';

/**
 * Finds out which releases of NVIDIA's dashboard created the tables (models.py of nvflare.dashboard.application).
 *
 * @param tables as they are now, also with columns that this dashboard has added: those are never nullable
 * @returns undefined for tables that this dashboard created
 */
export const familyOf = (tables: readonly TableMetadata[]): Family | undefined => {
  const column = (table: string, name: string) =>
    tables.find((one) => one.name === table)?.columns.find((one) => one.name === name);
  const capacityId = column('client', 'capacity_id');
  if (capacityId !== undefined && !capacityId.isNullable) {
    return '2.2–2.5';
  }
  const capacity = column('client', 'capacity');
  if (capacity?.isNullable !== true) {
    return undefined;
  }
  return column('project', 'ha_mode')?.isNullable === true ? '2.6–2.7' : '2.8–2.9';
};

const rootOf = (pem: Buffer | string | null): X509Certificate | undefined => {
  try {
    return pem === null || pem.length === 0 ? undefined : new X509Certificate(pem);
  } catch {
    return undefined;
  }
};

const releaseIn = (
  family: Family,
  root: X509Certificate | undefined,
  highlyAvailable: boolean,
): readonly [TargetRelease, ReleaseOrigin] => {
  if (family === '2.2–2.5') {
    return ['2.5', 'assumed'];
  }
  if (family === '2.8–2.9') {
    return ['2.9', 'assumed'];
  }
  // 2.7 has no overseer any more.
  if (root === undefined) {
    return [highlyAvailable ? '2.6' : '2.7', 'assumed'];
  }
  return [root.raw.includes(KEY_USAGE) ? '2.7' : '2.6', 'detected'];
};

/** Describes what of a project decides about the release it was made for. */
export interface FoundProject {
  readonly root_cert: Buffer | string | null;
  readonly ha_mode: number | null;
}

/** Settings of a project taken over, so that those of new projects do not apply to it. */
export const settingsOf = (family: Family, found: FoundProject): ProjectChange => {
  const root = rootOf(found.root_cert);
  const [target_release, target_release_origin] = releaseIn(family, root, found.ha_mode === 1);
  const valid = root === undefined ? undefined : Date.parse(root.validTo) - Date.parse(root.validFrom);
  return {
    target_release,
    target_release_origin,
    key_bits: root?.publicKey.asymmetricKeyDetails?.modulusLength ?? NVIDIA_KEY_BITS,
    root_valid_days: valid === undefined ? NVIDIA_VALID_DAYS : Math.max(1, Math.round(valid / DAY_MS)),
    leaf_valid_days: NVIDIA_VALID_DAYS,
  };
};
