import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { usePlainMessages } from '../contract/plain-messages.ts';
import { EXIT } from './exit-codes.ts';
import { run } from './run.ts';

usePlainMessages();

const stop = new AbortController();
let interrupts = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interrupts += 1;
    // The second Ctrl-C means it: whoever waits for the clean-up does not want to.
    if (interrupts > 1) {
      process.exit(EXIT.interrupted);
    }
    stop.abort();
  });
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads (`dashboard logs | head`) has seen enough.
    if (error.code === 'EPIPE') {
      process.exit(EXIT.done);
    }
  });
}

// What packages will have to change is of no use to whoever types a command.
process.noDeprecation = !process.argv.includes('--debug');

/** From `src/cli` and from `dist/cli` alike. */
const packageRoot = dirname(dirname(realpathSync(import.meta.dirname)));

const main = async (): Promise<void> => {
  process.exitCode = await run({
    argv: process.argv.slice(2),
    environment: process.env,
    cwd: process.cwd(),
    home: homedir(),
    platform: process.platform,
    uid: process.getuid?.(),
    pid: process.pid,
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    now: () => new Date(),
    // Loaded when needed: it takes as long as half of the help.
    randomInt: (below) => process.getBuiltinModule('node:crypto').randomInt(below),
    signal: stop.signal,
    packageRoot,
    checkout: process.env['NVFL_CHECKOUT'] === '1',
    node: process.execPath,
  });
  // A pipe takes what it has room for; the rest waits here until somebody reads.
  await Promise.all(
    [process.stdout, process.stderr].map((stream) => new Promise((written) => stream.write('', written))),
  );
  // What still holds the event loop (an idle connection to an engine, a terminal) has nothing left to do.
  process.exit();
};

void main();
