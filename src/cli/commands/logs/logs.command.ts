import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { readName, readWhole } from '../../settings/flag-values.ts';
import { addCommonFlags } from '../flags.ts';

export const logsCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(new Command('logs'))
    .description("print the dashboard's log")
    .option('-f, --follow', 'go on printing until Ctrl-C')
    .option('-n, --tail <lines>', 'only the last lines (default: all)', readWhole('--tail', 0, 999_999))
    .option('--since <when>', 'only lines since then: 10m, 2h, 3d, or a date such as 2026-11-28T09:00:00Z')
    .option('--raw', 'JSON lines as the backend wrote them')
    .option('--folder <folder>', 'folder with the project; default: the current one')
    .option('--name <name>', 'name of the dashboard (default: nvflare-dashboard)', readName)
    .option('--local', 'only look for a plain process, ask no container engine')
    .action(dispatch(async () => (await import('./logs.handler.ts')).logs));
