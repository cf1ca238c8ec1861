import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { historyQuery } from '../../api/queries.ts';
import { useFormats } from '../../i18n/format.ts';
import { Card } from '../../ui/card.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { useEventText } from '../audit/event-text.ts';

/**
 * Shows what was done to a site or user, the newest first. @param target as in the audit log, such as `client:north-1`
 */
export const History = ({ target }: { readonly target: string }) => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const { sentence, changes } = useEventText();
  const history = useQuery(historyQuery(target));
  return (
    <Card title={t('details.history')}>
      <Loaded query={history}>
        {(events) =>
          events.length === 0 ? (
            <Text>{t('audit.empty')}</Text>
          ) : (
            <ol className="timeline" tabIndex={0}>
              {events.map((event) => (
                <li key={event.id}>
                  <Text size="sm">{sentence(event)}</Text>
                  {changes(event).map((change) => (
                    <Text key={change} size="xs">
                      {change}
                    </Text>
                  ))}
                  <Text size="xs" c="dimmed">
                    {moment(event.at)}
                  </Text>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </Card>
  );
};
