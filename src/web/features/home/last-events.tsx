import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { TextLink } from '../../ui/link.tsx';
import { useEventText } from '../audit/event-text.ts';

/** Shows what was done last, in sentences. */
export const LastEvents = ({ events }: { readonly events: readonly AuditEntry[] }) => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const { sentence } = useEventText();
  return (
    <>
      <ol className="timeline" tabIndex={0}>
        {events.map((event) => (
          <li key={event.id}>
            <Text size="sm">{sentence(event)}</Text>
            <Text size="xs" c="dimmed">
              {moment(event.at)}
            </Text>
          </li>
        ))}
      </ol>
      <TextLink to="/audit">{t('overview.allEvents')}</TextLink>
    </>
  );
};
