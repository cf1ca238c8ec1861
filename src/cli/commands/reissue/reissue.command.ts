import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addRemoteFlags } from '../../remote/remote-flags.ts';
import { readRole, type RoleWord } from './role-change.ts';

const collect = (value: string, earlier: readonly RoleWord[] | undefined): readonly RoleWord[] => [
  ...(earlier ?? []),
  readRole(value),
];

export const reissueCommand = (dispatch: Dispatch): Command =>
  addRemoteFlags(new Command('reissue'))
    .description(
      "change a frozen project's servers or roles: say which kits change, and do it once confirmed",
    )
    .argument(
      '[settings...]',
      'SETTING=VALUE: server1, server2, overseer, ha_mode, fed_learn_port, admin_port',
    )
    .option('--role <email=role>', 'role that somebody gets, repeatable', collect)
    .option('--outdated', 'list the kits that are not what they would be now, and why')
    .option('--confirm <version>', 'do what the plan of this version says')
    .action(dispatch(async () => (await import('./reissue.handler.ts')).reissue));
