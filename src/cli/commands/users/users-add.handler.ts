import { resolve } from 'node:path';
import { z } from 'zod';
import { UserResponse } from '../../../contract/api/user.ts';
import type { Handler } from '../../handler.ts';
import { connect } from '../../remote/find-connection.ts';
import { decide } from '../../remote/participants.ts';
import { writeNewFile } from '../../remote/write-new-file.ts';
import { generatePassword } from '../../settings/make-password.ts';

const Raw = z.object({
  organization: z.string(),
  role: z.string().optional(),
  displayName: z.string().optional(),
  passwordFile: z.string().optional(),
  approve: z.boolean().optional(),
});

/** `dashboard users add` */
export const add: Handler = async (flags, [email = ''], { runtime, signal }) => {
  const { organization, role = 'member', displayName, passwordFile, approve = false } = Raw.parse(flags);
  const api = await connect(flags, runtime, signal);
  const password = generatePassword(runtime.randomInt);
  const file = passwordFile === undefined ? undefined : resolve(runtime.cwd, passwordFile);
  // Before the account: a password that cannot be kept must not be set.
  if (file !== undefined) {
    await writeNewFile(file, `${password}\n`);
  }
  const { user } = await api.call(UserResponse, {
    method: 'POST',
    path: '/users',
    body: {
      email,
      password,
      organization,
      role,
      ...(displayName === undefined ? {} : { name: displayName }),
    },
  });
  const decision = approve ? await decide(api, { decision: 'approve', users: [user] }) : undefined;
  return {
    data: { state: 'added', user, ...(file === undefined ? { password } : { password_file: file }) },
    lines: [
      `Added: ${email}, ${role} of ${organization}.`,
      ...(decision?.lines ?? []),
      file === undefined ? `Password: ${password}` : `The password is in ${file}.`,
      'It must be changed at the first log-in, and is not shown again.',
    ],
    ...(decision?.exitCode === undefined ? {} : { exitCode: decision.exitCode }),
  };
};
