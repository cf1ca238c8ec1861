/** A value that parts of the page share: `get` and `subscribe` are React's external store. */
export interface SharedValue<T> {
  readonly get: () => T;
  readonly set: (next: T) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/** @param value held until the first `set` */
export const sharedValue = <T>(value: T): SharedValue<T> => {
  const listeners = new Set<() => void>();
  let held = value;
  return {
    get: () => held,
    set: (next) => {
      held = next;
      for (const listener of listeners) {
        listener();
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
};
