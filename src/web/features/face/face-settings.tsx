import { SimpleGrid, Text, Textarea, TextInput } from '@mantine/core';
import { type UseFormReturnType as FormOf } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';
import type { ProjectValues } from '../project/project-values.ts';
import { LogoField } from './logo-field.tsx';

interface FaceSettingsProps {
  readonly form: FormOf<ProjectValues>;
  readonly project: Project;
}

/** Shows whom to ask, what people are told and accept, and how the page looks. */
export const FaceSettings = ({ form, project }: FaceSettingsProps) => {
  const { t } = useTranslation();
  return (
    <Card title={t('face.title')}>
      <Text size="sm" c="dimmed">
        {t('face.lead')}
      </Text>
      <TextInput
        label={t('face.contact')}
        description={t('face.contactHint')}
        {...form.getInputProps('contact')}
      />
      <Textarea
        label={t('face.privacy')}
        description={t('face.privacyHint')}
        autosize
        minRows={2}
        maxRows={12}
        {...form.getInputProps('privacy_notice')}
      />
      <Textarea
        label={t('face.terms')}
        description={t('face.termsHint')}
        autosize
        minRows={2}
        maxRows={12}
        {...form.getInputProps('terms')}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('face.termsVersion')}
          description={t('face.termsVersionHint')}
          maxLength={64}
          {...form.getInputProps('terms_version')}
        />
        <TextInput
          label={t('face.color')}
          description={t('face.colorHint')}
          maxLength={7}
          {...form.getInputProps('color')}
        />
      </SimpleGrid>
      <LogoField logo={project.logo} />
    </Card>
  );
};
