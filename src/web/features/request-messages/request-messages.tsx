import { Button, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_MESSAGE } from '../../../contract/max-message.ts';
import { api, responseOf } from '../../api/client.ts';
import { requestMessagesQuery } from '../../api/queries.ts';
import type { RequestMessage } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';

interface RequestMessagesProps {
  readonly userId: number;
  /** A project admin asks; the person replies. */
  readonly side: 'admin' | 'person';
  /** Nothing can be written about a request that does not wait. */
  readonly waits: boolean;
}

const Message = ({ message }: { readonly message: RequestMessage }) => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  return (
    <div>
      <Text size="sm" fw={600}>
        {t(`requestMessages.kinds.${message.kind}`, { author: message.author })}
      </Text>
      <Text size="sm" c="dimmed">
        {moment(message.created_at)}
      </Text>
      {message.text === '' ? null : (
        <Text size="sm" className="lines">
          {message.text}
        </Text>
      )}
    </div>
  );
};

/** Shows what was written about a request for an account, and a field for more. */
export const RequestMessages = ({ userId, side, waits }: RequestMessagesProps) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const query = requestMessagesQuery(userId);
  const messages = useQuery(query);
  const [text, setText] = useState('');
  const write = useMutation({
    mutationFn: () =>
      responseOf(
        api.POST('/api/v1/users/{id}/messages', { params: { path: { id: userId } }, body: { text } }),
      ),
    onSuccess: () => {
      setText('');
      return cache.invalidateQueries({ queryKey: query.queryKey });
    },
  });
  return (
    <Loaded query={messages}>
      {(all) => {
        const mayWrite = waits && (side === 'admin' || all.length > 0);
        return (
          <Stack>
            {all.map((message) => (
              <Message key={message.id} message={message} />
            ))}
            {all.length === 0 && side === 'admin' ? <Text size="sm">{t('requestMessages.none')}</Text> : null}
            {mayWrite ? (
              <form
                noValidate
                onSubmit={(event) => {
                  event.preventDefault();
                  write.mutate();
                }}
              >
                <Stack>
                  {write.isError ? <ProblemNote error={write.error} /> : null}
                  <Textarea
                    label={t(side === 'admin' ? 'requestMessages.question' : 'requestMessages.reply')}
                    maxLength={MAX_MESSAGE}
                    autosize
                    minRows={2}
                    value={text}
                    onChange={(event) => {
                      setText(event.currentTarget.value);
                    }}
                  />
                  <Button
                    type="submit"
                    variant="default"
                    loading={write.isPending}
                    disabled={text.trim() === ''}
                  >
                    {t('requestMessages.send')}
                  </Button>
                </Stack>
              </form>
            ) : null}
          </Stack>
        );
      }}
    </Loaded>
  );
};
