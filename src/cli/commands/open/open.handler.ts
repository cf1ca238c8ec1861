import type { Handler } from '../../handler.ts';
import { requireResponding } from '../../deployment/require-responding.ts';
import type { Runtime } from '../../runtime.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';

/** The program that opens a browser; undefined where nobody would see one. */
const opener = ({ platform, environment }: Runtime): string | undefined => {
  if (platform === 'darwin') {
    return 'open';
  }
  const display = environment['DISPLAY'] ?? environment['WAYLAND_DISPLAY'];
  return display === undefined ? undefined : 'xdg-open';
};

/** False when there is no such program. What it does with the address is its own business. */
const launched = async (program: string, url: string): Promise<boolean> => {
  const { execa } = await import('execa');
  const child = execa(program, [url], { detached: true, cleanup: false, stdio: 'ignore', reject: false });
  child.unref();
  return child.pid !== undefined;
};

/** `dashboard open`: shows the page of a dashboard that responds. */
export const open: Handler = async (flags, _words, { runtime }) => {
  const { origin } = await requireResponding(await readTargetSettings(flags, runtime), runtime);
  const url = `${origin}/`;
  const program = opener(runtime);
  const opened = program !== undefined && (await launched(program, url));
  return { data: { url, opened }, lines: [url] };
};
