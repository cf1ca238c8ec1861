/** See docker.js. */
export function prepareDocker(): Promise<
  | {
      readonly dockerHost: string;
      readonly baseImage: string;
      readonly reason?: undefined;
      readonly stop: () => Promise<void>;
    }
  | { readonly reason: string }
>;

export function makeBaseImage(
  socketPath: string,
  options?: { readonly reference?: string; readonly node?: string },
): Promise<void>;
