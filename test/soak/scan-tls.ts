import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { BackendProcess } from './backend-process.ts';
import type { Reached, Row, Say } from './row.ts';
import { renewWebCertificate } from './web-certificate.ts';

const run = promisify(execFile);
const SCAN_MS = 10 * 60_000;
const Findings = z.array(z.object({ id: z.string(), severity: z.string(), finding: z.string() }));
const SERIOUS = ['CRITICAL', 'HIGH', 'MEDIUM'];
/** A certificate that signs itself, as the owner's would not: what is said of its chain and revocation is no matter. */
const OF_THE_CERTIFICATE = /^(?:cert_|OCSP|DNS_CAArecord|overall_grade|grade_cap)/;

/** Debian calls it testssl, its authors testssl.sh. @returns the program; undefined where there is none */
const scanner = async (): Promise<string | undefined> => {
  for (const name of ['testssl', 'testssl.sh']) {
    try {
      await run('which', [name]);
      return name;
    } catch {
      // The other one, then.
    }
  }
  return undefined;
};

/** Installs it where this process may. @returns the program; undefined where there is none */
const installedScanner = async (): Promise<string | undefined> => {
  const present = await scanner();
  if (present !== undefined || process.getuid?.() !== 0) {
    return present;
  }
  try {
    await run('apt-get', ['install', '--yes', '--quiet', 'testssl.sh']);
  } catch {
    return undefined;
  }
  return scanner();
};

const scan = async (say: Say): Promise<Reached> => {
  const program = await installedScanner();
  if (program === undefined) {
    return { figure: 'there is no testssl.sh here and no right to install it', met: false, skipped: true };
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'scan-'));
  const report = path.join(folder, 'report.json');
  const backend = await BackendProcess.prepare({ secure: true });
  try {
    await renewWebCertificate(backend.folder);
    await backend.start();
    const options = ['--quiet', '--color', '0', '--warnings', 'batch', '--jsonfile', report];
    // Its exit code counts what it has found.
    await run(program, [...options, `127.0.0.1:${backend.port}`], {
      timeout: SCAN_MS,
      maxBuffer: 64 * 1024 * 1024,
    }).catch(() => undefined);
    const findings = Findings.parse(JSON.parse(await readFile(report, 'utf8')));
    const serious = findings.filter(({ severity }) => SERIOUS.includes(severity));
    for (const { id, severity, finding } of serious) {
      say(`${severity} ${id}: ${finding}`);
    }
    const ours = serious.filter(({ id }) => !OF_THE_CERTIFICATE.test(id));
    return {
      figure:
        `${findings.length} findings, ${ours.length} of severity medium or higher; ` +
        `${serious.length - ours.length} about the certificate for testing, which signs itself`,
      met: ours.length === 0 && findings.some(({ id }) => id === 'TLS1_3'),
    };
  } finally {
    await backend.remove();
    await rm(folder, { recursive: true });
  }
};

/** Rows about what a scanner finds on the HTTPS listener. */
export const SCAN_ROWS: readonly Row[] = [
  {
    area: 'TLS',
    promise: '1.2 and 1.3 only, with sound ciphers, curves and headers',
    figure: 'testssl without HIGH',
    shown: { name: 'testssl', measure: scan },
  },
];
