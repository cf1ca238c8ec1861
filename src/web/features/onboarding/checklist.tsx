import { Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconCircle, IconCircleCheck, IconLock } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { overviewQuery, projectQuery } from '../../api/queries.ts';
import { Card } from '../../ui/card.tsx';
import { ButtonLink, TextLink } from '../../ui/link.tsx';
import { PATHS } from '../../ui/page-list.ts';
import { Placeholder } from '../../ui/placeholder.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { onboardingSteps, type Step } from './steps.ts';

const Mark = ({ step }: { readonly step: Step }) => {
  const { t } = useTranslation();
  const Chart = step.done ? IconCircleCheck : step.blocked ? IconLock : IconCircle;
  return (
    <>
      <Chart size={20} aria-hidden />
      <VisuallyHidden>{step.done ? t('onboarding.done') : t('onboarding.open')}</VisuallyHidden>
    </>
  );
};

const StepLine = ({ step }: { readonly step: Step }) => {
  const { t } = useTranslation();
  const blocked = step.blocked && !step.done;
  const why = step.name === 'server' || step.name === 'public' ? '' : t(`onboarding.blocked.${step.name}`);
  return (
    <li>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Mark step={step} />
        <div>
          {step.done ? (
            <Text>{t(`onboarding.${step.name}`)}</Text>
          ) : (
            <TextLink to={step.place}>{t(`onboarding.${step.name}`)}</TextLink>
          )}
          {blocked && why ? (
            <Text size="sm" c="dimmed">
              {why}
            </Text>
          ) : null}
        </div>
      </Group>
    </li>
  );
};

/** Leads the project admin through the set-up; goes away when all is done. What stands below waits, so as not to jump. */
export const Checklist = ({ children }: { readonly children: ReactNode }) => {
  const { t } = useTranslation();
  const [project, overview] = useQueries({ queries: [projectQuery, overviewQuery] });
  const failed = [project, overview].find((query) => query.isError);
  if (failed) {
    return (
      <>
        <ProblemNote error={failed.error} onRetry={() => void failed.refetch()} />
        {children}
      </>
    );
  }
  if (!project.data || !overview.data) {
    return <Placeholder lines={12} />;
  }
  const steps = onboardingSteps(project.data, overview.data);
  const done = steps.filter((step) => step.done).length;
  return (
    <>
      {done === steps.length ? (
        <Text role="status">{t('onboarding.complete')}</Text>
      ) : (
        <Card title={t('onboarding.title')}>
          <Text size="sm" c="dimmed">
            {t('onboarding.progress', { done, total: steps.length })}
          </Text>
          <Stack component="ol" gap="sm" m={0} p={0} className="plain-list">
            {steps.map((step) => (
              <StepLine key={step.name} step={step} />
            ))}
          </Stack>
          {project.data.frozen ? null : (
            <div>
              <ButtonLink to={PATHS.setUp}>
                {project.data.short_name === '' ? t('onboarding.start') : t('onboarding.resume')}
              </ButtonLink>
            </div>
          )}
        </Card>
      )}
      {children}
    </>
  );
};
