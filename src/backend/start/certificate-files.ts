import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { MaintenanceRequest } from '../../contract/maintenance.ts';
import { writeTogether } from '../context/write-whole.ts';

type Request = Extract<MaintenanceRequest, { readonly task: 'write-certificate' }>;

/** Writes a pair that a CA has issued, and what its renewal needs, all 0600; what was there is replaced. */
export const writeCertificateFiles = async ({ folder, files }: Request): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeTogether(new Map(Object.entries(files).map(([name, text]) => [join(folder, name), text])));
};
