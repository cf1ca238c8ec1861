type Listener = () => void;

/**
 * Holds calls back, such as those whose session has ended, until the person has logged in again, so that nothing typed
 * is lost: the held calls are then sent once more.
 */
export class SessionGate {
  #signedIn = false;
  #asked = false;
  #logIns = 0;
  #waiting: ((loggedIn: boolean) => void)[] = [];
  readonly #listeners = new Set<Listener>();

  /** Says whether somebody is logged in; only then does a refused call count as an ended session. */
  readonly signedIn = (yes: boolean): void => {
    this.#signedIn = yes;
  };

  /** Log-ins of this page so far: what was refused before one says nothing about the session after it. */
  readonly logIns = (): number => this.#logIns;

  readonly noteLogIn = (): void => {
    this.#logIns += 1;
  };

  readonly isGuarding = (): boolean => this.#signedIn;

  /** True while calls wait for a new log-in, or somebody wants one. */
  readonly isClosed = (): boolean => this.#asked || this.holdsCalls();

  readonly holdsCalls = (): boolean => this.#waiting.length > 0;

  /** Asks for a new log-in before calls need one. */
  readonly ask = (): void => {
    this.#asked = true;
    this.#tell();
  };

  readonly cancel = (): void => {
    this.#asked = false;
    this.#tell();
  };

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Resolves with true after a new log-in, with false when the person gave up. */
  readonly wait = (): Promise<boolean> =>
    new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#tell();
    });

  readonly open = (loggedIn: boolean): void => {
    const released = this.#waiting;
    this.#waiting = [];
    this.#asked = false;
    if (!loggedIn) {
      this.#signedIn = false;
    }
    for (const release of released) {
      release(loggedIn);
    }
    this.#tell();
  };

  #tell(): void {
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

export const sessionGate = new SessionGate();

/** Holds calls back that need the password once more. */
export const confirmationGate = new SessionGate();
