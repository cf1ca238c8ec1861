/** Result of a measurement. */
export interface Reached {
  /** The figure, for people. */
  readonly figure: string;
  /** Whether it keeps the promise. */
  readonly met: boolean;
  /** True where this machine cannot measure it; the figure then says why. */
  readonly skipped?: boolean;
}

/** Writes a line about how it goes. */
export type Say = (line: string) => void;

/** One promise of the security table. */
export interface Row {
  readonly area: string;
  readonly promise: string;
  /** The figure promised. */
  readonly figure: string;
  /** Measured under a name. */
  readonly shown: { readonly name: string; readonly measure: (say: Say) => Promise<Reached> };
}
