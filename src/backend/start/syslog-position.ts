import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../context/write-whole.ts';
import type { SyslogPosition } from '../services/audit/syslog-forwarder.ts';

const FILE = '.syslog-position';

/**
 * Keeps in the project folder which row the syslog receiver has got, so that it gets those it missed after a restart.
 *
 * @param last the last row there was before this start, which counts as sent where nothing is kept
 */
export const openSyslogPosition = async (webRoot: string, last: number): Promise<SyslogPosition> => {
  const file = join(webRoot, FILE);
  const text = await readFile(file, 'utf8').catch(() => '');
  const kept = /^\d{1,15}$/.test(text.trim()) ? Number(text) : last;
  const keep = (id: number): Promise<void> => writeWhole(file, `${id}\n`);
  const sent = Math.min(kept, last);
  // Rows that the receiver never gets before the next start are counted from here.
  await keep(sent);
  return { sent, keep };
};
