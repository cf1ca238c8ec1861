import { useMutation, useQueryClient } from '@tanstack/react-query';
import { downloadZip } from 'client-zip';
import { useState } from 'react';
import { saveFile } from '../../ui/save-file.ts';
import { keptKits } from './kept-kits.ts';
import { generateKit, keyOf, type GeneratedKit, type KitSource } from './kit-source.ts';

/** A kit of many, and whose it is. */
export interface NamedKit {
  readonly source: KitSource;
  readonly kit: GeneratedKit;
}

/** Saves the kits as one zip; each stays closed by its own PIN. */
export const saveTogether = async (kits: readonly NamedKit[], fileName: string): Promise<void> => {
  const files = kits.map(({ kit }) => ({ name: kit.fileName, input: kit.zip }));
  saveFile(await downloadZip(files).blob(), fileName);
};

/**
 * Has kits generated one after the other, and saves them together; each counts and is recorded like a single one. After
 * an error it goes on where it stopped.
 */
export const useAllKits = (fileName: string) => {
  const cache = useQueryClient();
  const [ready, setReady] = useState<readonly NamedKit[]>([]);
  const generate = useMutation({
    mutationFn: async (sources: readonly KitSource[]) => {
      const all = [...ready];
      for (const source of sources.slice(all.length)) {
        const kit = await generateKit(source, { pin: '', encryption: 'aes256' });
        keptKits.keep(keyOf(source), kit);
        all.push({ source, kit });
        setReady([...all]);
      }
      await saveTogether(all, fileName);
    },
    onSettled: () => cache.invalidateQueries(),
  });
  return { ready, generate };
};
