import { Command, Option } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags, addStartFlags, addTargetFlags } from '../flags.ts';

const installCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addStartFlags(addTargetFlags(new Command('install'))))
    .description('let systemd run the dashboard as a plain process, from the boot on')
    .option('--user', "as this user's service instead of the system's")
    .addOption(
      new Option('--quadlet', 'as a container by Podman 4.4 or later, with a quadlet file').conflicts(
        'compose',
      ),
    )
    .addOption(
      new Option('--compose', 'write a file for `docker compose` into the folder instead').conflicts('user'),
    )
    .option('--print', 'print the file and change nothing')
    .action(dispatch(async () => (await import('./service-install.handler.ts')).install));

const uninstallCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(addTargetFlags(new Command('uninstall')))
    .description('end the service and remove its file; the project stays in its folder')
    .option('--user', "this user's service instead of the system's")
    .option('--quadlet', 'the one of a quadlet file')
    .action(dispatch(async () => (await import('./service-uninstall.handler.ts')).uninstall));

export const serviceCommand = (dispatch: Dispatch): Command =>
  new Command('service')
    .description('let systemd, Podman or Compose keep the dashboard running')
    .addCommand(installCommand(dispatch))
    .addCommand(uninstallCommand(dispatch));
