import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { refuseWhileServed } from '../../deployment/find-deployment.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { systemReason } from '../../../contract/system-reason.ts';
import { replaceFile } from '../../folder/replace-file.ts';
import type { CommandContext, Handler } from '../../handler.ts';
import type { Report } from '../../output/output.ts';
import { shellWord } from '../../output/shell-word.ts';
import { composeDocument, quadletFile, quadletSecretCommands } from './container-files.ts';
import { readServicePlan, requireAdmin } from './read-service-plan.ts';
import { MARK, type ServicePlan } from './service-plan.ts';
import { requireSystemd, servicePlace, systemctl, type ServicePlace } from './systemctl.ts';
import { systemdUnit } from './systemd-unit.ts';

type Kind = 'systemd' | 'quadlet' | 'compose';

const contentOf = (kind: Kind, plan: ServicePlan): string => {
  switch (kind) {
    case 'systemd':
      return systemdUnit(plan);
    case 'quadlet':
      return quadletFile(plan);
    case 'compose':
      return `${MARK}\n${stringify(composeDocument(plan))}`;
  }
};

/** Writes a file of the service. @returns false when it said the same already @throws CliError `file_unusable` */
const write = async (file: string, content: string): Promise<boolean> => {
  const present = await readFile(file, 'utf8').catch(() => undefined);
  if (present === content) {
    return false;
  }
  if (present !== undefined && !present.startsWith(MARK)) {
    const advice = 'Move it away, or choose another name with --name.';
    throw CLI_ERRORS.fileUnusable({ path: file, reason: 'it was not written by this command', advice });
  }
  try {
    await mkdir(dirname(file), { recursive: true });
    await replaceFile(file, content, 0o644);
  } catch (error) {
    const advice = 'Let this user write there, or use --print.';
    throw CLI_ERRORS.fileUnusable({ path: file, reason: systemReason(error), advice }, { cause: error });
  }
  return true;
};

const installUnit = async (
  place: ServicePlace,
  content: string,
  plan: ServicePlan,
  context: CommandContext,
): Promise<Report> => {
  const { runtime, output } = context;
  const { folder } = plan.settings;
  const scope = place.user ? '--user ' : '';
  requireSystemd(place, runtime);
  await requireAdmin(plan);
  const present = await readFile(place.file, 'utf8').catch(() => '');
  if (present === '') {
    await refuseWhileServed({ ...plan.settings, local: true }, runtime);
  }
  const changed = await write(place.file, content);
  output.step('Starting the service …');
  await systemctl(place, ['daemon-reload'], runtime);
  await systemctl(place, ['enable', place.unit], runtime);
  await systemctl(place, [changed && present !== '' ? 'restart' : 'start', place.unit], runtime);
  const lines = [
    `Installed: ${place.file}`,
    `  It runs now and from each boot on${place.user ? ' (at boot: loginctl enable-linger)' : ''}.`,
    `  State:  systemctl ${scope}status ${place.unit}`,
    `  Logs:   dashboard logs -f --folder ${shellWord(folder)}`,
  ];
  return { data: { state: 'installed', kind: 'systemd', file: place.file, unit: place.unit }, lines };
};

const installQuadlet = async (
  place: ServicePlace,
  content: string,
  plan: ServicePlan,
  { runtime }: CommandContext,
): Promise<Report> => {
  requireSystemd(place, runtime);
  await requireAdmin(plan);
  await write(place.file, content);
  await systemctl(place, ['daemon-reload'], runtime);
  const commands = [
    ...quadletSecretCommands(plan),
    `systemctl ${place.user ? '--user ' : ''}start ${place.unit}`,
  ];
  return {
    data: { state: 'installed', kind: 'quadlet', file: place.file, unit: place.unit, commands },
    lines: [`Wrote ${place.file}. Start it with:`, ...commands.map((command) => `  ${command}`)],
  };
};

/** `dashboard service install`: a unit of systemd, a quadlet of Podman or a file for Compose, from the settings of `start`. */
export const install: Handler = async (flags, _words, context) => {
  const { runtime } = context;
  const kind: Kind =
    flags['quadlet'] === true ? 'quadlet' : flags['compose'] === true ? 'compose' : 'systemd';
  const plan = await readServicePlan(flags, runtime);
  const content = contentOf(kind, plan);
  const { user, settings } = plan;
  const place = servicePlace(settings.name, { user, quadlet: kind === 'quadlet' }, runtime);
  const composeFile = join(settings.folder, 'compose.yaml');
  const file = kind === 'compose' ? composeFile : place.file;
  if (flags['print'] === true) {
    return { data: { kind, file, content }, lines: content.trimEnd().split('\n') };
  }
  if (kind === 'systemd') {
    return installUnit(place, content, plan, context);
  }
  if (kind === 'quadlet') {
    return installQuadlet(place, content, plan, context);
  }
  await requireAdmin(plan);
  await write(composeFile, content);
  const command = `docker compose -f ${shellWord(composeFile)} up -d`;
  return {
    data: { state: 'installed', kind, file: composeFile, commands: [command] },
    lines: [`Wrote ${composeFile}. Start it with:`, `  ${command}`],
  };
};
