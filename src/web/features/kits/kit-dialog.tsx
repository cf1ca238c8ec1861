import { Button, Group, Loader, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FocusHere } from '../../ui/focus-here.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { useFieldText } from '../../ui/errors/field-text.ts';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { useNameCheck } from '../../ui/forms/name-checks.ts';
import { KitReady } from './kit-ready.tsx';
import { generateKit, type KitSource, type GeneratedKit } from './kit-source.ts';

interface KitDialogProps {
  readonly source: KitSource;
  /** A kit made before, shown again. */
  readonly made: GeneratedKit | undefined;
  readonly onMade: (kit: GeneratedKit) => void;
  readonly onClose: () => void;
}

interface AskProps {
  readonly error: unknown;
  readonly onPrepare: (pin: string) => void;
}

const Ask = ({ error, onPrepare }: AskProps) => {
  const { t } = useTranslation();
  const check = useNameCheck();
  const [pin, setPin] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const fieldText = useFieldText();
  const refused = error ? asProblem(error).detail.fields.find(({ path }) => path === 'pin') : undefined;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const found = pin === '' ? null : check('pin', pin);
        setWrong(found);
        if (found === null) onPrepare(pin);
      }}
    >
      <Stack>
        {error && !refused ? (
          <ProblemNote
            error={error}
            title={t('kit.failed')}
            onRetry={() => {
              onPrepare(pin);
            }}
          />
        ) : null}
        <Text size="sm">{t('kit.choose')}</Text>
        <TextInput
          label={`${t('kit.ownPin')} (${t('common.optional')})`}
          description={t('kit.ownPinHint')}
          autoComplete="off"
          spellCheck={false}
          value={pin}
          error={wrong ?? (refused ? fieldText(refused) : null)}
          onChange={(event) => {
            setPin(event.currentTarget.value);
          }}
        />
        <Text size="sm" c="dimmed">
          {t('kit.anotherNote')}
        </Text>
        <Group justify="flex-end">
          <Button type="submit" data-autofocus>
            {t('kit.prepare')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

/** A kit's way: asked for, being prepared, then ready with its PIN, or failed with the reason. */
export const KitDialog = ({ source, made, onMade, onClose }: KitDialogProps) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [kit, setKit] = useState(made);
  const make = useMutation({
    mutationFn: (pin: string) => generateKit(source, pin),
    onSuccess: async (fresh) => {
      setKit(fresh);
      onMade(fresh);
      saveFile(fresh.zip, fresh.fileName);
      await cache.invalidateQueries();
    },
  });
  const again = () => {
    make.reset();
    setKit(undefined);
  };
  return (
    <Dialog
      opened
      size="lg"
      title={t('kit.title', { name: source.name })}
      onClose={onClose}
      lightDismiss={false}
    >
      {make.isPending ? (
        <FocusHere>
          <Group role="status">
            <Loader size="sm" />
            <Text>{t('kit.preparing')}</Text>
          </Group>
        </FocusHere>
      ) : kit ? (
        <FocusHere>
          <KitReady kit={kit} onAgain={again} onClose={onClose} />
        </FocusHere>
      ) : (
        <Ask
          error={make.error}
          onPrepare={(pin) => {
            make.mutate(pin);
          }}
        />
      )}
    </Dialog>
  );
};
