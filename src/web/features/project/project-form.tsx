import {
  Alert,
  Button,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { contrastOnWhite, MIN_CONTRAST } from '../../../contract/contrast.ts';
import { SIGN_UP_MODES } from '../../../contract/sign-up-modes.ts';
import { SECOND_FACTOR_RULES } from '../../../contract/api/second-factor.ts';
import type { Project } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { useDraft } from '../../ui/forms/draft.ts';
import { useNameCheck } from '../../ui/forms/name-checks.ts';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { useRefusedFields } from '../../ui/forms/server-errors.ts';
import { useSession } from '../session/session-context.ts';
import { FaceSettings } from '../face/face-settings.tsx';
import { KitSettings } from './kit-settings.tsx';
import { changedSettings, isSetting, projectBody, ProjectValues, projectValues } from './project-values.ts';
import { RuntimeSettings } from './runtime-settings.tsx';
import { useChangeProject } from './use-change-project.ts';

const ALIASES = { starting_date: 'start', end_date: 'end', require_signed_jobs: 'signed_jobs' } as const;

/** Shows what the project is called, whom it takes, and how its kits are made. */
export const ProjectForm = ({ project }: { readonly project: Project }) => {
  const { t } = useTranslation();
  const check = useNameCheck();
  const refusedFields = useRefusedFields();
  const change = useChangeProject();
  const form = useForm({
    initialValues: projectValues(project),
    validate: {
      short_name: (value) => (value === '' ? null : check('shortName', value)),
      auth_identity_map: (value) => (isSetting('auth_identity_map', value) ? null : t('project.notJson')),
      studies: (value) => (isSetting('studies', value) ? null : t('project.notJson')),
      color: (value) => {
        const ratio = /^#[\da-f]{6}$/i.test(value) ? contrastOnWhite(value) : MIN_CONTRAST;
        return ratio < MIN_CONTRAST ? t('face.tooLight', { ratio: ratio.toFixed(1) }) : null;
      },
      end: (value, all) => (value && all.start && value < all.start ? t('project.endBeforeStart') : null),
    },
  });
  const { user } = useSession();
  useDraft(`project:${user?.id ?? 0}`, form, ProjectValues);
  const save = () => {
    change.mutate(changedSettings(projectBody(form.values), project), {
      onSuccess: ({ project: saved }) => {
        form.setInitialValues(projectValues(saved));
        form.resetDirty();
      },
      onError: (error) => {
        form.setErrors(refusedFields(error, ALIASES));
      },
    });
  };
  const fixed = (setting: string): boolean => !project.changeable.includes(setting);
  const endError = form.errors['end'];
  return (
    <form noValidate onSubmit={form.onSubmit(save)}>
      <Stack gap="lg">
        {project.frozen ? (
          <Alert color="pine" variant="outline">
            {t('project.frozenNote')}
          </Alert>
        ) : null}
        <FormProblem error={change.error} fields={Object.keys(form.errors)} aliases={ALIASES} />
        <Card>
          <TextInput
            label={t('project.shortName')}
            description={t('project.shortNameHint')}
            readOnly={fixed('short_name')}
            {...form.getInputProps('short_name')}
          />
          <TextInput
            label={t('project.projectTitle')}
            readOnly={fixed('title')}
            {...form.getInputProps('title')}
          />
          <Textarea
            label={t('project.description')}
            autosize
            minRows={3}
            readOnly={fixed('description')}
            {...form.getInputProps('description')}
          />
          <TextInput
            label={t('project.appLocation')}
            description={t('project.appLocationHint')}
            readOnly={fixed('app_location')}
            {...form.getInputProps('app_location')}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <DateField
              label={t('project.start')}
              value={form.values.start}
              disabled={fixed('starting_date')}
              onChange={(day) => {
                form.setFieldValue('start', day);
              }}
            />
            <DateField
              label={t('project.end')}
              value={form.values.end}
              disabled={fixed('end_date')}
              {...(typeof endError === 'string' ? { error: endError } : {})}
              onChange={(day) => {
                form.setFieldValue('end', day);
              }}
            />
          </SimpleGrid>
          <NativeSelect
            label={t('project.public')}
            data={SIGN_UP_MODES.map((value) => ({ value, label: t(`face.modes.${value}`) }))}
            disabled={fixed('sign_up')}
            {...form.getInputProps('sign_up')}
          />
          {form.values.sign_up === 'domain' ? (
            <TextInput
              label={t('face.signUpDomains')}
              description={t('face.signUpDomainsHint')}
              {...form.getInputProps('sign_up_domains')}
            />
          ) : null}
          <NativeSelect
            label={t('factor.requiredFor')}
            description={t('factor.requiredHint')}
            data={SECOND_FACTOR_RULES.map((value) => ({ value, label: t(`factor.rule.${value}`) }))}
            {...form.getInputProps('second_factor')}
          />
        </Card>
        <FaceSettings form={form} project={project} />
        <KitSettings form={form} fixed={fixed} origin={project.target_release_origin} />
        <RuntimeSettings form={form} fixed={fixed} />
        <Group>
          <Button type="submit" loading={change.isPending}>
            {t('common.save')}
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
    </form>
  );
};
