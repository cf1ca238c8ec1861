import { z } from 'zod';
import type { NotTaken } from './import-plan.ts';
import { Mapping, shown } from './project-document.ts';

/** Describes what builders say about the kits. */
export interface BuilderSettings {
  readonly scheme: unknown;
  readonly dockerImage: string;
  readonly rootValidDays: number | undefined;
  readonly requireSignedJobs: boolean | undefined;
}

const PACKAGE = 'nvflare.lighter.impl';
const Days = z.int().min(1).max(36_500);
const VALUES: Readonly<Record<string, z.ZodType>> = {
  docker_image: z.string(),
  root_valid_days: Days,
  require_signed_jobs: z.boolean(),
};
const VALUE_WORDS: Readonly<Record<string, string>> = {
  docker_image: 'a text',
  root_valid_days: 'a number of days from 1 to 36500',
  require_signed_jobs: 'true or false',
};
const STOCK_TEMPLATES = [
  'master_template.yml',
  'aws_template.yml',
  'azure_template.yml',
  'scripts_template.yml',
];

/** Arguments that need nothing here, by the builder's class. */
const HANDLED: Readonly<Record<string, readonly string[]>> = {
  [`${PACKAGE}.workspace.WorkspaceBuilder`]: [],
  [`${PACKAGE}.template.TemplateBuilder`]: [],
  [`${PACKAGE}.static_file.StaticFileBuilder`]: [
    'config_folder',
    'scheme',
    'docker_image',
    'overseer_agent',
    'require_signed_jobs',
  ],
  [`${PACKAGE}.cert.CertBuilder`]: ['root_valid_days'],
  [`${PACKAGE}.signature.SignatureBuilder`]: [],
};

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/HEBuilder$/, 'homomorphic encryption is not set up'],
  [/DockerBuilder$|DockerLauncherBuilder$/, 'no Compose file is made; kits hold docker.sh'],
  [/HelmChartBuilder$/, 'no Helm chart is made'],
];

const isStock = (key: string, value: unknown): boolean =>
  key === 'template_file' && [value].flat().every((name) => STOCK_TEMPLATES.some((stock) => stock === name));

/** Returns what is known from the builders; everything else about them is reported. */
export const planBuilders = (builders: readonly Mapping[], notTaken: NotTaken): BuilderSettings => {
  let settings: BuilderSettings = {
    scheme: undefined,
    dockerImage: '',
    rootValidDays: undefined,
    requireSignedJobs: undefined,
  };
  for (const { path, args } of builders) {
    const builder = shown(path);
    const handled = HANDLED[builder];
    if (handled === undefined) {
      const [, what = 'this builder is unknown here'] = KINDS.find(([kind]) => kind.test(builder)) ?? [];
      notTaken.add(`builder ${builder}`, what);
      continue;
    }
    const checked = Mapping.safeParse(args ?? {});
    if (!checked.success) {
      notTaken.add(`builder ${builder}`, 'its args are not a mapping');
      continue;
    }
    const given = checked.data;
    for (const [key, value] of Object.entries(given)) {
      if (!handled.includes(key) && !isStock(key, value)) {
        notTaken.add(`builder ${builder}`, `${key} is not taken`);
      } else if (VALUES[key]?.safeParse(value).success === false) {
        notTaken.add(`builder ${builder}`, `${key} ${shown(value)} is not ${VALUE_WORDS[key] ?? ''}`);
      }
    }
    settings = {
      scheme: given['scheme'] ?? settings.scheme,
      dockerImage: typeof given['docker_image'] === 'string' ? given['docker_image'] : settings.dockerImage,
      rootValidDays: Days.safeParse(given['root_valid_days']).data ?? settings.rootValidDays,
      requireSignedJobs:
        z.boolean().safeParse(given['require_signed_jobs']).data ?? settings.requireSignedJobs,
    };
  }
  return settings;
};
