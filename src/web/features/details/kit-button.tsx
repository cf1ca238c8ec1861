import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { KitDialog } from '../kits/kit-dialog.tsx';
import { keptKits } from '../kits/kept-kits.ts';
import { keyOf, type KitSource } from '../kits/kit-source.ts';

/** Opens the dialog that downloads a startup kit. */
export const KitButton = ({ source }: { readonly source: KitSource }) => {
  const { t } = useTranslation();
  const kept = useSyncExternalStore(keptKits.subscribe, keptKits.all);
  const [open, dialog] = useDisclosure(false);
  return (
    <>
      <Button onClick={dialog.open}>{t('details.kit')}</Button>
      {open ? (
        <KitDialog source={source} kept={kept.get(keyOf(source))} again={false} onClose={dialog.close} />
      ) : null}
    </>
  );
};
