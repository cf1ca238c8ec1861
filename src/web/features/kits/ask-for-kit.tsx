import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ZIP_ENCRYPTIONS } from '../../../contract/zip-encryption.ts';
import { MIN_AES_PIN, MIN_PIN } from '../../../contract/names.ts';
import { asProblem } from '../../api/problem.ts';
import { projectQuery } from '../../api/queries.ts';
import { useFieldText } from '../../ui/errors/field-text.ts';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { useNameCheck } from '../../ui/forms/name-checks.ts';
import type { KitChoice } from './kit-source.ts';

interface AskForKitProps {
  readonly error: unknown;
  readonly onPrepare: (choice: KitChoice) => void;
  readonly onClose: () => void;
}

/** Asks for the person's own PIN, or none, and where the project leaves it open, for the encryption. */
export const AskForKit = ({ error, onPrepare, onClose }: AskForKitProps) => {
  const { t } = useTranslation();
  const check = useNameCheck();
  const project = useQuery(projectQuery);
  const [pin, setPin] = useState('');
  const [encryption, setEncryption] = useState<KitChoice['encryption']>('aes256');
  const [wrong, setWrong] = useState<string | null>(null);
  const fieldText = useFieldText();
  const refused = error ? asProblem(error).detail.fields.find(({ path }) => path === 'pin') : undefined;
  const isFree = project.data?.zip_encryption === 'any';
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const found = pin === '' ? null : check(encryption === 'aes256' ? 'aesPin' : 'pin', pin);
        setWrong(found);
        if (found === null) {
          onPrepare({ pin, encryption });
        }
      }}
    >
      <Stack>
        {error && !refused ? (
          <ProblemNote
            error={error}
            title={t('kit.failed')}
            onRetry={() => {
              onPrepare({ pin, encryption });
            }}
          />
        ) : null}
        <Text size="sm">{t('kit.choose')}</Text>
        <TextInput
          label={`${t('kit.ownPin')} (${t('common.optional')})`}
          description={t('kit.ownPinHint', { min: encryption === 'aes256' ? MIN_AES_PIN : MIN_PIN })}
          autoComplete="off"
          spellCheck={false}
          value={pin}
          error={wrong ?? (refused ? fieldText(refused) : null)}
          onChange={(event) => {
            setPin(event.currentTarget.value);
          }}
        />
        {isFree ? (
          <NativeSelect
            label={t('kit.encryption')}
            value={encryption}
            data={ZIP_ENCRYPTIONS.toReversed().map((value) => ({
              value,
              label: t(`kit.encryptions.${value}`),
            }))}
            onChange={({ currentTarget: { value } }) => {
              setEncryption(ZIP_ENCRYPTIONS.find((known) => known === value) ?? 'aes256');
              setWrong(null);
            }}
          />
        ) : null}
        {encryption === 'zipcrypto' ? (
          <Text size="sm" role="status">
            {t('kit.zipcryptoWorth')}
          </Text>
        ) : null}
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
