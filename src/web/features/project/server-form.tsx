import { Alert, Button, Group, NumberInput, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { supportsHighAvailability } from '../../../contract/releases.ts';
import type { Project, ReissueChange } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';
import { useDraft } from '../../ui/forms/draft.ts';
import { useNameCheck } from '../../ui/forms/name-checks.ts';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { useRefusedFields } from '../../ui/forms/server-errors.ts';
import { useSession } from '../session/session-context.ts';
import { ReissueDialog } from '../reissue/reissue-dialog.tsx';
import { changedSettings } from './project-values.ts';
import { reissueBody, serverBody, ServerValues, serverValues } from './server-values.ts';
import { useChangeProject } from './use-change-project.ts';

const ALIASES = {
  'server_props.fed_learn_port': 'fl_port',
  'server_props.admin_port': 'admin_port',
} as const;

const HIGHEST_PORT = 65535;

const useServerForm = (project: Project) => {
  const { t } = useTranslation();
  const check = useNameCheck();
  const port = (value: number | string) =>
    value === '' || (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= HIGHEST_PORT)
      ? null
      : t('check.number', { min: 1, max: HIGHEST_PORT });
  return useForm({
    initialValues: serverValues(project),
    validate: {
      server1: (value) => (value === '' ? null : check('host', value)),
      server2: (value, all) => (all.ha_mode ? check('host', value) : null),
      overseer: (value, all) => (all.ha_mode ? check('host', value) : null),
      fl_port: port,
      admin_port: port,
    },
  });
};

/** Names and ports of the server, or of both servers and the overseer. */
export const ServerForm = ({ project }: { readonly project: Project }) => {
  const { t } = useTranslation();
  const form = useServerForm(project);
  const refusedFields = useRefusedFields();
  const { user } = useSession();
  useDraft(`server:${user?.id ?? 0}`, form, ServerValues);
  const change = useChangeProject();
  const frozen = !project.changeable.includes('server1');
  const canHa = supportsHighAvailability(project.target_release);
  const [planned, setPlanned] = useState<ReissueChange>();
  const save = () => {
    if (frozen) {
      setPlanned(reissueBody(form.values, project));
      return;
    }
    change.mutate(changedSettings(serverBody(form.values, project), project), {
      onSuccess: ({ project: saved }) => {
        form.setInitialValues(serverValues(saved));
        form.resetDirty();
      },
      onError: (error) => {
        form.setErrors(refusedFields(error, ALIASES));
      },
    });
  };
  return (
    <form noValidate onSubmit={form.onSubmit(save)}>
      <Stack gap="lg">
        {frozen ? (
          <Alert color="pine" variant="outline">
            {t('reissue.note')}
          </Alert>
        ) : null}
        <FormProblem error={change.error} fields={Object.keys(form.errors)} aliases={ALIASES} />
        <Card>
          <TextInput
            label={t('server.host')}
            description={t('server.hostHint')}
            {...form.getInputProps('server1')}
          />
          <Switch
            label={t('server.ha')}
            disabled={!canHa}
            {...form.getInputProps('ha_mode', { type: 'checkbox' })}
          />
          {canHa ? null : (
            <Text size="sm" c="dimmed">
              {t('server.haNote', { release: project.target_release })}
            </Text>
          )}
          {form.values.ha_mode && canHa ? (
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput label={t('server.server2')} {...form.getInputProps('server2')} />
              <TextInput label={t('server.overseer')} {...form.getInputProps('overseer')} />
            </SimpleGrid>
          ) : null}
        </Card>
        <Card title={t('server.ports')}>
          <Text size="sm">{t('server.portsHint')}</Text>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <NumberInput label={t('server.flPort')} hideControls {...form.getInputProps('fl_port')} />
            <NumberInput label={t('server.adminPort')} hideControls {...form.getInputProps('admin_port')} />
          </SimpleGrid>
        </Card>
        <Group>
          <Button type="submit" loading={change.isPending}>
            {t(frozen ? 'reissue.preview' : 'common.save')}
          </Button>
          <Text size="sm" role="status">
            {form.isDirty() ? t('project.unsaved') : ''}
          </Text>
          {form.isDirty() ? (
            <Button variant="subtle" onClick={form.reset}>
              {t('common.discard')}
            </Button>
          ) : null}
        </Group>
      </Stack>
      {planned === undefined ? null : (
        <ReissueDialog
          change={planned}
          title={t('reissue.title')}
          onDone={() => {
            form.setInitialValues(form.values);
            form.resetDirty();
          }}
          onClose={() => {
            setPlanned(undefined);
          }}
        />
      )}
    </form>
  );
};
