/** See postgres.js. */
export function preparePostgres(options?: { readonly durable?: boolean }): Promise<
  | {
      readonly url: string;
      readonly reason?: undefined;
      readonly stop: () => Promise<void>;
      readonly down: () => Promise<void>;
      readonly up: () => Promise<boolean>;
    }
  | { readonly reason: string }
>;
