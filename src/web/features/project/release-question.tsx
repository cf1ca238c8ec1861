import { Alert, Button, Group, NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TARGET_RELEASES } from '../../../contract/releases.ts';
import type { Project } from '../../api/views.ts';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { useReleaseChoices } from './use-release-choices.ts';
import { useChangeProject } from './use-change-project.ts';

/** Asks for the release of a project taken over when it was only assumed. */
export const ReleaseQuestion = ({ project }: { readonly project: Project }) => {
  const { t } = useTranslation();
  const releases = useReleaseChoices();
  const change = useChangeProject();
  const [release, setRelease] = useState(project.target_release);
  if (project.target_release_origin !== 'assumed') {
    return null;
  }
  return (
    <Alert color="yellow" variant="outline" title={t('project.releaseAsk')}>
      <Text size="sm">{t('project.releaseAskLead', { release: project.target_release })}</Text>
      {change.isError ? <ProblemNote error={change.error} /> : null}
      <Group align="flex-end" mt="sm">
        <NativeSelect
          label={t('project.release')}
          data={releases}
          value={release}
          onChange={(event) => {
            setRelease(TARGET_RELEASES.find((one) => one === event.currentTarget.value) ?? release);
          }}
        />
        <Button
          loading={change.isPending}
          onClick={() => {
            change.mutate({ target_release: release });
          }}
        >
          {t('project.releaseConfirm')}
        </Button>
      </Group>
    </Alert>
  );
};
