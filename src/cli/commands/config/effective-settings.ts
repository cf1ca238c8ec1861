import { maskedValue } from '../../deployment/masked.ts';
import type { SettingSource } from '../../settings/first-of.ts';
import type { StartSettings } from '../../settings/start-settings.ts';

/** A setting as a person may see it. */
export interface EffectiveSetting {
  readonly setting: string;
  readonly value: string | undefined;
  readonly from: SettingSource;
}

/** Lists every setting of a start, by its name in dashboard.yaml, without any secret. */
export const effectiveSettings = (settings: StartSettings): readonly EffectiveSetting[] => {
  const { sources } = settings;
  const from = (name: string): SettingSource => sources.get(name) ?? 'default';
  const [email] = settings.credential?.split(':') ?? [];
  const values: readonly (readonly [string, string | undefined])[] = [
    ['folder', settings.folder],
    ['name', settings.name],
    ['port', String(settings.port)],
    ['local', String(settings.local)],
    ['foreground', String(settings.foreground)],
    ['image', settings.image],
    ['base-image', settings.baseImage],
    ['restart', settings.restart],
    ['strict', String(settings.strict)],
    ['timeout', String(settings.timeoutSeconds)],
    ['passphrase-file', settings.passphraseFile],
    ['cred', email],
  ];
  const variables = [...settings.environment].map(([name, value]) => ({
    setting: `env ${name}`,
    value: maskedValue(name, value),
    from: from(`env ${name}`),
  }));
  return [...values.map(([setting, value]) => ({ setting, value, from: from(setting) })), ...variables];
};
