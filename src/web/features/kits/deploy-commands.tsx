import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  DEPLOY_RUNTIMES,
  deployCommands,
  type DeployRuntime,
  hasDeployPrepare,
  imageOf,
} from '../../../contract/deploy-prepare.ts';
import { projectQuery } from '../../api/queries.ts';
import { CopyText } from '../../ui/copy-text.tsx';

/** The commands that prepare an unpacked kit for a runtime, where the project's release has them. */
export const DeployCommands = ({ folder }: { readonly folder: string }) => {
  const { t } = useTranslation();
  const { data: project } = useQuery(projectQuery);
  const [runtime, setRuntime] = useState<DeployRuntime>('docker');
  if (!project || !hasDeployPrepare(project.target_release)) {
    return null;
  }
  const commands = [`cd '${folder}'`, ...deployCommands(runtime, imageOf(project.app_location))];
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {t('deploy.title')}
      </Text>
      <Text size="sm">{t('deploy.lead')}</Text>
      <SegmentedControl<DeployRuntime>
        size="xs"
        aria-label={t('deploy.runtime')}
        value={runtime}
        onChange={setRuntime}
        data={DEPLOY_RUNTIMES.map((value) => ({ value, label: t(`deploy.runtimes.${value}`) }))}
      />
      <CopyText
        text={commands.join('\n')}
        what={t('deploy.commands', { runtime: t(`deploy.runtimes.${runtime}`) })}
        block
      />
      <Text size="sm">{t(`deploy.notes.${runtime}`)}</Text>
    </Stack>
  );
};
