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
