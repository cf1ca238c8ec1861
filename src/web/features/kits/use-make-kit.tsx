import { Button, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { PATHS } from '../../ui/page-list.ts';
import { saveFile } from '../../ui/save-file.ts';
import { dismissToast, toastDone } from '../../ui/toast.ts';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';
import { useShown } from '../../ui/use-shown.ts';
import { keptKits } from './kept-kits.ts';
import { generateKit, keyOf, type KitChoice, type KitSource } from './kit-source.ts';

/** Has a kit made, saves it and keeps its PIN; who has closed the dialog meanwhile is told where the PIN is. */
export const useMakeKit = (source: KitSource, onReady: () => void) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const shown = useShown();
  const tell = (fileName: string) => {
    const id = `kit-${keyOf(source)}`;
    toastDone({
      id,
      lasting: true,
      closeLabel: t('common.close'),
      message: (
        <Group justify="space-between">
          <span>{t('kit.ready', { file: fileName })}</span>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              dismissToast(id);
              void navigate(PATHS.downloads);
            }}
          >
            {t('kit.toPin')}
          </Button>
        </Group>
      ),
    });
  };
  return useReportedMutation({
    mutationFn: (choice: KitChoice) => generateKit(source, choice),
    onSuccess: async (kit) => {
      keptKits.keep(keyOf(source), kit);
      saveFile(kit.zip, kit.fileName);
      if (shown.current) {
        onReady();
      } else {
        tell(kit.fileName);
      }
      await cache.invalidateQueries();
    },
  });
};
