import { spawn } from 'node:child_process';
import { FAULTS } from '../../errors/faults.ts';
import type { Handler } from '../../handler.ts';
import { askRunning, findRunning } from '../../running.ts';
import type { Runtime } from '../../runtime.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';

/** The program that opens a browser; undefined where nobody would see one. */
const opener = ({ platform, environment }: Runtime): string | undefined => {
  if (platform === 'darwin') return 'open';
  const display = environment['DISPLAY'] ?? environment['WAYLAND_DISPLAY'];
  return display === undefined ? undefined : 'xdg-open';
};

const launched = (program: string, url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(program, [url], { detached: true, stdio: 'ignore' });
    child.once('error', () => {
      resolve(false);
    });
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });

/** `dashboard open`: shows the page of a dashboard that answers. */
export const open: Handler = async (flags, _words, { runtime }) => {
  const settings = readTargetSettings(flags, runtime);
  const running = await findRunning(settings, runtime);
  const answering = running === undefined ? undefined : await askRunning(running, runtime);
  if (answering === undefined)
    throw FAULTS.notRunning({ what: settings.folderGiven ? settings.folder : settings.name });
  const url = `${answering.origin}/`;
  const program = opener(runtime);
  const opened = program !== undefined && (await launched(program, url));
  return { data: { url, opened }, lines: [url] };
};
