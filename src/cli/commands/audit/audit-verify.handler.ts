import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  AuditVerification,
  auditHeadText,
  findAuditHead,
  type AuditHead,
} from '../../../contract/audit-head.ts';
import { ENVIRONMENT, SECRET_FILES } from '../../../contract/environment.ts';
import { maintain } from '../../backend/maintain.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { systemReason } from '../../../contract/system-reason.ts';
import { EXIT } from '../../exit-codes.ts';
import type { Handler } from '../../handler.ts';
import type { Runtime } from '../../runtime.ts';
import { givenSecret } from '../../settings/given-secret.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';
import { auditProgress } from './audit-progress.ts';
import { findDatabase } from './read-head.ts';

const ADVICE = 'Give a head as `dashboard audit head` prints it, or a file with one.';

/** @throws CliError `file_unusable` */
const earlierHead = async (given: string, { cwd }: Runtime): Promise<AuditHead> => {
  const value = findAuditHead(given);
  if (value !== undefined && auditHeadText(value) === given) {
    return value;
  }
  const path = resolve(cwd, given);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw CLI_ERRORS.fileUnusable({ path, reason: systemReason(cause), advice: ADVICE }, { cause });
  });
  const found = findAuditHead(text);
  if (found === undefined) {
    throw CLI_ERRORS.fileUnusable({ path, reason: 'it contains no head of an audit log', advice: ADVICE });
  }
  return found;
};

const describe = (found: AuditVerification, earlier: AuditHead | undefined): readonly string[] => [
  found.intact
    ? `The audit log is intact: ${auditHeadText(found)}.`
    : `The audit log was changed: row ${found.proven_until + 1} is missing or not as it was written.`,
  ...(found.unproven_until === 0
    ? []
    : [`Rows up to ${found.unproven_until} cannot be checked: their key is lost.`]),
  ...(earlier === undefined
    ? []
    : [
        found.contains === true
          ? `It contains the earlier head ${auditHeadText(earlier)}.`
          : `It does not contain the earlier head ${auditHeadText(earlier)}: rows were cut off or changed.`,
      ]),
];

/** `dashboard audit verify`: the whole log, and whether an earlier head is still in it. */
export const auditVerify: Handler = async (flags, _words, { runtime, output }) => {
  const { folder } = await readTargetSettings(flags, runtime);
  const given = flags['head'];
  const earlier = typeof given === 'string' ? await earlierHead(given, runtime) : undefined;
  const { project, request } = await findDatabase(folder, runtime);
  const secretKey = await givenSecret(SECRET_FILES.secretKey, ENVIRONMENT.secretKey, runtime);
  const { text } = await maintain(
    {
      task: 'audit-verify',
      ...request,
      ...(secretKey === undefined ? {} : { secretKey }),
      ...(earlier === undefined ? {} : { head: earlier }),
    },
    runtime,
    project.owner,
    auditProgress(runtime.now, (text) => {
      output.step(text);
    }),
  );
  const found = AuditVerification.parse(JSON.parse(text));
  const passed = found.intact && found.contains !== false;
  return {
    data: { ...found, head: auditHeadText(found) },
    lines: describe(found, earlier),
    ...(passed ? {} : { exitCode: EXIT.failed }),
  };
};
