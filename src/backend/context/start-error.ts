import type { BackendExit } from '../../contract/environment.ts';

/** A start that cannot go on: what happened, what to do, and the exit code's name. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly code: BackendExit;
  readonly advice: string;

  constructor(code: BackendExit, message: string, advice: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.advice = advice;
  }
}
