import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem.ts';
import { useFieldText } from '../../ui/errors/field-text.ts';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { useNameCheck } from '../../ui/forms/name-checks.ts';

interface AskForKitProps {
  readonly error: unknown;
  readonly onPrepare: (pin: string) => void;
  readonly onClose: () => void;
}

/** Asks for the person's own PIN, or none. */
export const AskForKit = ({ error, onPrepare, onClose }: AskForKitProps) => {
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
        if (found === null) {
          onPrepare(pin);
        }
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
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" data-autofocus>
            {t('kit.prepare')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
