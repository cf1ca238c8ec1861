import { Badge, Button, Group, Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isRole } from '../../../contract/roles.ts';
import { useFormats } from '../../i18n/format.ts';
import { ObjectionTexts } from '../approvals/objection-texts.tsx';
import type { Request } from './requests.ts';

interface RequestRowProps {
  readonly request: Request;
  readonly active: boolean;
  readonly onFocus: () => void;
  readonly onApprove: () => void;
  readonly onDeny: () => void;
}

/** One request: who or what, since when, and the two decisions. */
export const RequestRow = ({ request, active, onFocus, onApprove, onDeny }: RequestRowProps) => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const kind = request.kind === 'user' ? t('inbox.user') : t('inbox.site');
  const detail =
    request.kind === 'client'
      ? t('inbox.gpus', { count: request.gpus })
      : isRole(request.role)
        ? t(`roles.${request.role}`)
        : t('roles.unset');
  return (
    <Paper
      component="li"
      withBorder
      p="sm"
      className="keyboard-row"
      data-request
      tabIndex={active ? 0 : -1}
      onFocus={onFocus}
    >
      <Group justify="space-between" gap="sm">
        <div>
          <Group gap="xs">
            <Badge variant="outline" color="gray" c="var(--mantine-color-text)">
              {kind}
            </Badge>
            <Text fw={600}>{request.name}</Text>
          </Group>
          <Text size="sm">
            {[request.kind === 'user' ? request.title : '', request.organization, detail]
              .filter(Boolean)
              .join(' · ')}
          </Text>
          {request.unconfirmed ? (
            <Text size="sm" fw={600}>
              {t('links.unconfirmed')}
            </Text>
          ) : null}
          {request.similar.length > 0 ? (
            <Text size="sm" fw={600}>
              {t('inbox.similar', { organization: request.organization, list: request.similar.join(', ') })}
            </Text>
          ) : null}
          <ObjectionTexts objections={request.objections} />
          {request.reason ? (
            <Text size="sm" className="lines">
              {t('inbox.before', { reason: request.reason })}
            </Text>
          ) : null}
          <Text size="xs" c="dimmed">
            {t('inbox.since', { time: moment(request.since) })}
          </Text>
        </div>
        <Group gap="xs">
          <Button size="xs" onClick={onApprove} aria-label={`${t('approvals.approve')}: ${request.name}`}>
            {t('approvals.approve')}
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={onDeny}
            aria-label={`${t('approvals.deny')}: ${request.name}`}
          >
            {t('approvals.deny')}
          </Button>
        </Group>
      </Group>
    </Paper>
  );
};
