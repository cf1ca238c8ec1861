/** A server that follows another one. */
export interface Standby {
  readonly port: number;
  /** Makes it the primary. */
  readonly promote: () => void;
  readonly stop: () => Promise<void>;
}

/** See postgres.js. */
export function preparePostgres(options?: { readonly durable?: boolean }): Promise<
  | {
      readonly url: string;
      readonly reason?: undefined;
      readonly stop: () => Promise<void>;
      readonly down: () => Promise<void>;
      readonly up: () => Promise<boolean>;
      readonly kill: () => Promise<void>;
      readonly standby: () => Promise<Standby>;
    }
  | { readonly reason: string }
>;
