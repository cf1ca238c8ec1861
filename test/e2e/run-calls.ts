import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { runCommand } from '../support/run-command.ts';

const Request = z.object({
  calls: z.array(z.array(z.string())),
  changes: z.object({
    cwd: z.string(),
    home: z.string(),
    environment: z.record(z.string(), z.string()),
    packageRoot: z.string(),
    uid: z.number(),
  }),
});

/** Runs the commands that arrive on standard input, so that a test can have them run as another user. */
const { calls, changes } = Request.parse(JSON.parse(await text(process.stdin)));
const results = [];
for (const argv of calls) {
  const { exitCode, stdout } = await runCommand(argv, changes);
  results.push({ exitCode, stdout });
}
process.stdout.write(JSON.stringify(results));
