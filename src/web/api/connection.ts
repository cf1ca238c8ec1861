type Listener = () => void;

/** Whether the backend responds: set by every call, watched by the note that says so. */
export class Connection {
  #lost = false;
  readonly #listeners = new Set<Listener>();

  readonly isLost = (): boolean => this.#lost;

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Resolves when the backend responds. */
  readonly found = (): Promise<void> =>
    new Promise((resolve) => {
      const stop = this.subscribe(() => {
        if (this.#lost) {
          return;
        }
        stop();
        resolve();
      });
    });

  /** Notes how the last call ended. */
  readonly note = (responded: boolean): void => {
    if (this.#lost === !responded) {
      return;
    }
    this.#lost = !responded;
    for (const listener of this.#listeners) {
      listener();
    }
  };
}

export const connection = new Connection();
