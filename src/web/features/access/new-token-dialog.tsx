import { Button, Checkbox, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { MAX_TOKEN_DAYS, SCOPES } from '../../../contract/token-scopes.ts';
import type { NewAccessToken } from '../../api/views.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { useRefusedFields } from '../../ui/forms/server-errors.ts';
import type { TokenKind } from './token-kind.ts';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

const DEFAULT_DAYS = 90;

interface Values {
  readonly name: string;
  readonly scopes: string[];
  readonly days: number | string;
}

const requestOf = ({ name, scopes, days }: Values): NewAccessToken => ({
  name: name.trim(),
  scopes: SCOPES.filter((scope) => scopes.includes(scope)),
  expires_in_days: Number(days),
});

const ReadyToken = ({ token, onClose }: { readonly token: string; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  return (
    <Stack>
      <Text size="sm" role="status">
        {t('tokens.readyLead')}
      </Text>
      <CopyText text={token} what={t('tokens.token')} block />
      <Button onClick={onClose}>{t('tokens.done')}</Button>
    </Stack>
  );
};

interface NewTokenDialogProps {
  readonly kind: TokenKind;
  readonly onClose: () => void;
}

/** Asks what a token is for, and shows it once. */
export const NewTokenDialog = ({ kind, onClose }: NewTokenDialogProps) => {
  const { t } = useTranslation();
  const refusedFields = useRefusedFields();
  const cache = useQueryClient();
  const initialValues: Values = { name: '', scopes: ['read'], days: DEFAULT_DAYS };
  const form = useForm({
    initialValues,
    validate: {
      name: (value) => (value.trim() === '' ? t('check.required') : null),
      scopes: (value) => (value.length === 0 ? t('tokens.needsScope') : null),
      days: (value) =>
        Number.isInteger(Number(value)) && Number(value) >= 1 && Number(value) <= MAX_TOKEN_DAYS
          ? null
          : t('tokens.badDays', { max: MAX_TOKEN_DAYS }),
    },
  });
  const generate = useReportedMutation({
    mutationFn: (values: Values) => kind.generate(requestOf(values)),
    onSuccess: () => cache.invalidateQueries({ queryKey: kind.queryKey }),
    onError: (error) => {
      form.setErrors(refusedFields(error));
    },
  });
  const title = generate.isSuccess ? t('tokens.readyTitle') : t(`${kind.texts}.generate`);
  return (
    <Dialog opened title={title} onClose={onClose} lightDismiss={false}>
      {generate.isSuccess ? (
        <ReadyToken token={generate.data} onClose={onClose} />
      ) : (
        <form
          noValidate
          onSubmit={form.onSubmit((values) => {
            generate.mutate(values);
          })}
        >
          <Stack>
            <FormProblem error={generate.error} fields={Object.keys(form.errors)} />
            <TextInput
              label={t('tokens.name')}
              description={t('tokens.nameHint')}
              required
              data-autofocus
              {...form.getInputProps('name')}
            />
            <Checkbox.Group label={t('tokens.scopes')} required {...form.getInputProps('scopes')}>
              <Stack gap="xs" mt="xs">
                {SCOPES.map((scope) => (
                  <Checkbox key={scope} value={scope} label={t(`tokens.scope.${scope}`)} />
                ))}
              </Stack>
            </Checkbox.Group>
            <NumberInput
              label={t('tokens.days')}
              min={1}
              max={MAX_TOKEN_DAYS}
              allowDecimal={false}
              {...form.getInputProps('days')}
            />
            <Button type="submit" loading={generate.isPending}>
              {t('tokens.generate')}
            </Button>
          </Stack>
        </form>
      )}
    </Dialog>
  );
};
