let open = false;
const listeners = new Set<() => void>();

const set = (next: boolean): void => {
  open = next;
  for (const listener of listeners) {
    listener();
  }
};

/** Whether somebody who wants to log out is asked about unsaved text, as React's external store. */
export const leaveQuestion = {
  isOpen: (): boolean => open,
  ask: (): void => {
    set(true);
  },
  close: (): void => {
    set(false);
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
} as const;
