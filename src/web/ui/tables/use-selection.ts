import { useState } from 'react';

interface Row {
  readonly id: number;
}

/** Rows chosen over several pages; of one that is shown, what is shown counts. */
export const useSelection = <T extends Row>(shown: readonly T[]) => {
  const [chosen, setChosen] = useState<ReadonlyMap<number, T>>(new Map());
  const current = new Map(shown.map((row) => [row.id, row]));
  return {
    chosen: [...chosen.values()].map((row) => current.get(row.id) ?? row),
    has: (row: T): boolean => chosen.has(row.id),
    set: (rows: readonly T[], on: boolean) => {
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
    },
    clear: () => {
      setChosen(new Map());
    },
  };
};
