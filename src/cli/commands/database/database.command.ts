import { Command, Option } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addTargetFlags } from '../flags.ts';

const moveCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('move')))
    .description('take a stopped project to PostgreSQL (named by DATABASE_URL), or back to db.sqlite')
    .addOption(
      new Option('--to <engine>', 'where it goes').choices(['postgres', 'sqlite']).makeOptionMandatory(),
    )
    .option('--local', 'only look for a plain process, ask no container engine')
    .action(dispatch(async () => (await import('./database-move.handler.ts')).moveDatabase));

export const databaseCommand = (dispatch: Dispatch): Command =>
  new Command('database').description("the project's database").addCommand(moveCommand(dispatch));
