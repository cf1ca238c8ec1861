import { Alert, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import { FocusHere } from '../../ui/focus-here.tsx';
import { SealedBanner } from '../project/sealed-banner.tsx';
import { AskForKit } from './ask-for-kit.tsx';
import { keptKits, type KeptKit } from './kept-kits.ts';
import { KitReady } from './kit-ready.tsx';
import { keyOf, type KitSource } from './kit-source.ts';
import { useMakeKit } from './use-make-kit.tsx';

interface KitDialogProps {
  readonly source: KitSource;
  /** The kit made in this visit. */
  readonly kept: KeptKit | undefined;
  /** Shows that kit first instead of asking for another. */
  readonly again: boolean;
  readonly onClose: () => void;
}

interface UnseenPinProps {
  readonly onShow: () => void;
  readonly onClose: () => void;
}

const UnseenPin = ({ onShow, onClose }: UnseenPinProps) => {
  const { t } = useTranslation();
  return (
    <FocusHere>
      <Alert color="yellow" variant="outline" title={t('kit.unseenTitle')}>
        <Stack gap="sm">
          <Text size="sm">{t('kit.unseenLead')}</Text>
          <Group>
            <Button onClick={onShow}>{t('kit.showPin')}</Button>
            <Button variant="default" onClick={onClose}>
              {t('kit.closeAnyway')}
            </Button>
          </Group>
        </Stack>
      </Alert>
    </FocusHere>
  );
};

/** A kit's way: asked for, being prepared, then ready with its PIN, or failed with the reason. */
export const KitDialog = ({ source, kept, again, onClose }: KitDialogProps) => {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(!again);
  const [leaving, setLeaving] = useState(false);
  const [shown, setShown] = useState(false);
  const make = useMakeKit(source, () => {
    setAsking(false);
  });
  const kit = asking ? undefined : kept;
  const show = () => {
    setLeaving(false);
    setShown(true);
    keptKits.pinSeen(keyOf(source));
  };
  const close = () => {
    if (kit && !kit.pinSeen && !leaving) {
      setLeaving(true);
    } else {
      onClose();
    }
  };
  return (
    <Dialog
      opened
      size="lg"
      title={t('kit.title', { name: source.name })}
      onClose={close}
      lightDismiss={false}
    >
      {make.isPending ? (
        <FocusHere>
          <Group role="status">
            <Loader size="sm" />
            <Text>{t('kit.preparing')}</Text>
          </Group>
        </FocusHere>
      ) : leaving ? (
        <UnseenPin onShow={show} onClose={onClose} />
      ) : kit ? (
        <FocusHere>
          <KitReady
            kit={kit}
            source={source}
            shown={shown}
            onShow={(on) => {
              if (on) {
                show();
              } else {
                setShown(false);
              }
            }}
            onCopied={() => {
              keptKits.pinSeen(keyOf(source));
            }}
            onAgain={() => {
              make.reset();
              setShown(false);
              setAsking(true);
            }}
            onClose={close}
          />
        </FocusHere>
      ) : (
        <>
          <SealedBanner />
          <AskForKit
            error={make.error}
            onPrepare={(choice) => {
              make.mutate(choice);
            }}
            onClose={onClose}
          />
        </>
      )}
    </Dialog>
  );
};
