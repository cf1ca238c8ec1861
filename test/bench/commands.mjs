// Times of the command beside a bare Node, in turns: whatever else the machine does slows both.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { root } from '../../bin/prepare.js';

const BIN = join(root, 'bin', 'dashboard.js');
const TURNS = 21;

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

const call = (args, options) => {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', ...options });
  if (status !== 0) {
    throw new Error(`node ${args.join(' ')} failed: ${stderr}`);
  }
};

const middle = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];

/** Medians in milliseconds, with a dashboard that runs as a plain process. */
export const measureCommands = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dashboard-bench-'));
  const there = { cwd: folder };
  const CALLS = {
    bare_node: ['-e', '0'],
    help: [BIN, '--help'],
    help_of_start: [BIN, 'start', '--help'],
    status: [BIN, 'status', '--local'],
  };
  const times = Object.fromEntries(Object.keys(CALLS).map((name) => [name, []]));
  const credential = ['--cred', 'admin@example.org:Amber-Lantern-3:org'];
  call([BIN, 'start', '--local', '-p', String(await freePort()), ...credential], there);
  try {
    for (let turn = 0; turn < TURNS; turn += 1) {
      for (const [name, args] of Object.entries(CALLS)) {
        const began = performance.now();
        call(args, there);
        times[name].push(performance.now() - began);
      }
    }
  } finally {
    call([BIN, 'stop', '--local'], there);
    rmSync(folder, { recursive: true });
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [`${name}_ms`, middle(all)]));
};

/** @returns the table's lines */
export const commandTable = ({ commands }) => [
  '| command | median | bare Node |',
  '| --- | --- | --- |',
  ...['help', 'help_of_start', 'status'].map((name) => {
    const took = commands[`${name}_ms`];
    return `| ${name.replaceAll('_', ' ')} | ${took.toFixed(0)} ms | × ${(took / commands.bare_node_ms).toFixed(2)} |`;
  }),
];
