const field = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;

/** Returns the HTTP status of an engine's refusal; undefined when the engine did not respond. */
export const errorStatus = (error: unknown): number | undefined => {
  const status = field(error, 'statusCode');
  return typeof status === 'number' ? status : undefined;
};

/** Returns an error's message in one line, without dockerode's prefix. */
export const errorText = (error: unknown): string => {
  const response = field(field(error, 'json'), 'message');
  const text =
    typeof response === 'string' ? response : error instanceof Error ? error.message : String(error);
  return text
    .replace(/^\(HTTP code \d+\) [^-]* - /, '')
    .replace(/\s+/g, ' ')
    .trim();
};
