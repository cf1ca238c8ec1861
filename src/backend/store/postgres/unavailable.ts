import { z } from 'zod';

const Coded = z.object({ code: z.string() });

/** Codes of PostgreSQL and of the network for a server that is away, starts, stops or is full. */
const UNAVAILABLE =
  /^(08...|57P0.|25P03|53...|58...|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE)/;

/** Texts of pg's errors that carry no code: of its time limits and of connections cut off. */
const CUT_OFF = /timeout|terminated|not queryable|connection error/i;

/** Returns true when the server may respond later; false for what a person has to correct. */
export const isUnavailable = (cause: unknown): boolean => {
  const { data } = Coded.safeParse(cause);
  if (data !== undefined) {
    return UNAVAILABLE.test(data.code);
  }
  return cause instanceof Error && CUT_OFF.test(cause.message);
};
