/** The host's environment that decides where engines are looked for. */
export interface HostEnvironment {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Home folder of the user. */
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** Numeric user ID; undefined where there is none (Windows). */
  readonly uid: number | undefined;
}

/** Folder of the docker command's own settings. */
export const dockerConfigFolder = (surroundings: HostEnvironment): string => {
  const named = surroundings.environment['DOCKER_CONFIG'];
  return named === undefined || named === '' ? `${surroundings.home}/.docker` : named;
};
