import type { Secrets } from '../../contract/secret-frame.ts';

/** The dashboard that another one replaces. */
export interface Predecessor {
  /** Stops it and keeps what is needed to start it again. @throws CliError, EngineError */
  stepAside(): Promise<void>;
  /** Starts it again after its successor failed. @throws CliError, EngineError */
  comeBack(secrets: Secrets): Promise<void>;
  /** Removes what is left of it once its successor works. */
  dismiss(): Promise<void>;
}
