/** Exit codes of the command; part of its contract with scripts. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  noEngine: 3,
  portTaken: 4,
  noImage: 5,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
