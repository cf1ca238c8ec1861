import { Code, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { useSession } from '../session/session-context.ts';
import { useFirstSteps } from './use-first-steps.tsx';
import { Way } from './way.tsx';

const COMMANDS = {
  member: ['check_status server', 'list_jobs'],
  lead: ['check_status server', 'list_jobs', 'submit_job JOB_FOLDER'],
} as const;

/** Shows what to type once the console runs. */
const FirstCommands = ({ email, role }: { readonly email: string; readonly role: 'lead' | 'member' }) => {
  const { t } = useTranslation();
  return (
    <Stack gap="xs">
      <CopyText text={`'${email}/startup/fl_admin.sh'`} what={t('kit.start')} block />
      <Text size="sm">{t('way.consoleLogIn', { email })}</Text>
      <Text size="sm">{t('way.firstCommands')}</Text>
      <ul className="plain-list first-commands">
        {COMMANDS[role].map((command) => (
          <li key={command}>
            <Code>{command}</Code>
          </li>
        ))}
      </ul>
    </Stack>
  );
};

/** The way of somebody who works with the FLARE console: from the request to the first command. */
export const ResearcherHome = ({ project }: { readonly project: Project }) => {
  const { t } = useTranslation();
  const { user, role } = useSession();
  const first = useFirstSteps(project);
  if (!user) {
    return null;
  }
  const downloaded = user.download_count > 0;
  return (
    <Card title={t('way.title')}>
      <Way
        steps={[
          ...first,
          {
            key: 'console',
            title: t('way.console'),
            state: downloaded ? 'done' : 'open',
            content: (
              <div>
                <ButtonLink to="/downloads">{t('way.toDownloads')}</ButtonLink>
              </div>
            ),
          },
          {
            key: 'run',
            title: t('way.runConsole'),
            state: 'open',
            content: <FirstCommands email={user.email} role={role === 'lead' ? 'lead' : 'member'} />,
          },
        ]}
      />
    </Card>
  );
};
