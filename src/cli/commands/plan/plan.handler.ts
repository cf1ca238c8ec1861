import type { Handler } from '../../handler.ts';
import type { Report } from '../../output/output.ts';
import { ownImage } from '../../deployment/container/ensure-image.ts';
import type { SettingChange } from '../../deployment/host.ts';
import { maskedValue } from '../../deployment/masked.ts';
import { requireUsableDatabase } from '../../folder/require-usable-database.ts';
import { readStartSettings } from '../../settings/start-settings.ts';
import { changeText, compare, type Comparison } from '../start/already-there.ts';
import { checkStart } from '../start/check-start.ts';
import { effectiveSettings } from '../config/effective-settings.ts';
import { usesOwnDatabase } from '../start/first-admin.ts';
import { openResumed, type Resumed } from '../start/resume.ts';

/** The settings of a dashboard that does not run, beside those it had when it ended. */
const firstSettings = (
  { host, checked, changes }: Resumed,
  packageRoot: string,
): readonly SettingChange[] => {
  const { settings, web } = checked.surroundings;
  const values: readonly (readonly [string, string | undefined])[] = [
    ['runs as', host.kind],
    ['folder', settings.folder],
    ['port', String(settings.port)],
    ['mode', web.scheme],
    ...(host.kind === 'container'
      ? ([
          ['name', settings.name],
          ['image', settings.image ?? ownImage(packageRoot)],
          ['restart', settings.restart],
        ] as const)
      : []),
    ...[...settings.environment].map(
      ([name, value]) => [`environment ${name}`, maskedValue(name, value)] as const,
    ),
  ];
  const changed = new Map(changes?.map(({ setting, from }) => [setting, from]));
  const before = (setting: string, to: string | undefined): string | undefined =>
    changes === undefined || changed.has(setting) ? changed.get(setting) : to;
  return values.map(([setting, to]) => ({ setting, from: before(setting, to), to }));
};

const comparisonReport = ({ changes, responding, deployment, surroundings }: Comparison): Report => {
  const settings = effectiveSettings(surroundings.settings);
  if (responding === undefined) {
    const { message } = deployment.silence();
    return {
      data: { action: 'restart', reason: message, changes, settings },
      lines: [
        `Would restart the dashboard. ${message}`,
        ...changes.map((change) => `  ${changeText(change)}`),
      ],
    };
  }
  return changes.length === 0
    ? { data: { action: 'none', changes, settings }, lines: ['Nothing to do: it runs with these settings.'] }
    : {
        data: { action: 'restart', changes, settings },
        lines: ['Would restart the dashboard with:', ...changes.map((change) => `  ${changeText(change)}`)],
      };
};

/** `dashboard plan`: what a start would do, from looking alone. */
export const plan: Handler = async (flags, _words, context) => {
  const { runtime } = context;
  const resumed = await openResumed(
    await checkStart(await readStartSettings(flags, runtime), context),
    flags,
    context,
  );
  const { host, checked } = resumed;
  const { surroundings } = checked;
  const existing = await host.existing();
  if (existing !== undefined) {
    return comparisonReport(await compare(existing, flags, { surroundings, starting: false }, context));
  }
  await host.checkPort();
  const { folder, settings } = surroundings;
  // Another image may be of another version.
  if (folder.hasDatabase && usesOwnDatabase(settings) && settings.image === undefined) {
    await requireUsableDatabase(folder, runtime);
  }
  const changes = firstSettings(resumed, runtime.packageRoot);
  return {
    data: { action: 'start', changes, settings: effectiveSettings(surroundings.settings) },
    lines: [
      'Would start the dashboard with:',
      ...changes.map((change) =>
        change.from === undefined || change.from === change.to
          ? `  ${change.setting} ${change.to ?? ''}`
          : `  ${changeText(change)}`,
      ),
    ],
  };
};
