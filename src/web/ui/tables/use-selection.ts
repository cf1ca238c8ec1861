import { useCallback, useRef, useState } from 'react';

interface Row {
  readonly id: number;
}

/** Rows chosen over several pages; of one that is shown, what is shown counts. */
export const useSelection = <T extends Row>(shown: readonly T[]) => {
  const [chosen, setChosen] = useState<ReadonlyMap<number, T>>(new Map());
  const acts = useRef(0);
  const current = new Map(shown.map((row) => [row.id, row]));
  /** Gives up what `setLater` waits for. */
  const interrupt = useCallback(() => {
    acts.current += 1;
  }, []);
  const set = (rows: readonly T[], on: boolean): void => {
    interrupt();
    setChosen((before) => {
      const after = new Map(before);
      for (const row of rows) {
        if (on) {
          after.set(row.id, row);
        } else {
          after.delete(row.id);
        }
      }
      return after;
    });
  };
  return {
    chosen: [...chosen.values()].map((row) => current.get(row.id) ?? row),
    has: (row: T): boolean => chosen.has(row.id),
    set,
    /** Chooses rows that are still being read, unless somebody has chosen otherwise by then. */
    setLater: async (reading: Promise<readonly T[]>): Promise<void> => {
      interrupt();
      const act = acts.current;
      const rows = await reading;
      if (acts.current === act) {
        set(rows, true);
      }
    },
    interrupt,
    clear: () => {
      interrupt();
      setChosen(new Map());
    },
  };
};
