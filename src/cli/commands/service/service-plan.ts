import type { StartSettings } from '../../settings/start-settings.ts';

/** First line of every file that `service install` writes; what lacks it is left alone. */
export const MARK = '# Written by `dashboard service install`; `dashboard service uninstall` removes it.';

/** Describes what a service is written for. */
export interface ServicePlan {
  readonly settings: StartSettings;
  /** Options of `start` that were given, without secrets; everything else comes from dashboard.yaml at each start. */
  readonly options: readonly string[];
  /** Our image, or the one that was named. */
  readonly image: string;
  /** A service of this user instead of the system's. */
  readonly user: boolean;
  /** Owner of the folder. */
  readonly owner: { readonly uid: number; readonly gid: number };
  /** Node's executable and the command's script. */
  readonly program: readonly [string, string];
  /** Absolute paths of secrets, by the name under which the service gets them. */
  readonly secrets: Readonly<Partial<Record<'passphrase' | 'cred', string>>>;
  /** Variables for the backend, none of them secret. */
  readonly environment: Readonly<Record<string, string>>;
}
