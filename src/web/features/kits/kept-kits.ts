import type { GeneratedKit } from './kit-source.ts';

type Listener = () => void;

/** A kit of this visit; its PIN exists nowhere else. */
export interface KeptKit extends GeneratedKit {
  /** True once the PIN was shown or copied. */
  readonly pinSeen: boolean;
}

/** Keeps the kits made since the page was loaded until log-out, and holds the tab open over a PIN nobody has seen. */
export class KeptKits {
  #kits: ReadonlyMap<string, KeptKit> = new Map();
  readonly #listeners = new Set<Listener>();

  readonly all = (): ReadonlyMap<string, KeptKit> => this.#kits;

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly keep = (key: string, kit: GeneratedKit): void => {
    this.#set(new Map([...this.#kits, [key, { ...kit, pinSeen: false }]]));
  };

  readonly pinSeen = (key: string): void => {
    const kit = this.#kits.get(key);
    if (kit) {
      this.#set(new Map([...this.#kits, [key, { ...kit, pinSeen: true }]]));
    }
  };

  readonly forget = (): void => {
    this.#set(new Map());
  };

  #set(kits: ReadonlyMap<string, KeptKit>): void {
    this.#kits = kits;
    removeEventListener('beforeunload', askBeforeLeaving);
    if ([...kits.values()].some((kit) => !kit.pinSeen)) {
      addEventListener('beforeunload', askBeforeLeaving);
    }
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

const askBeforeLeaving = (event: BeforeUnloadEvent): void => {
  event.preventDefault();
};

export const keptKits = new KeptKits();
