import { z } from 'zod';

/** A boolean as people write it into the environment, in any case. */
export const BooleanText = z.stringbool({
  truthy: ['1', 'true', 'yes', 'on'],
  falsy: ['0', 'false', 'no', 'off'],
  error: 'is neither true nor false',
});
