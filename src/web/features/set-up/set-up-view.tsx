import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../api/views.ts';
import { useAskedParams } from '../../ui/asked-params.ts';
import { Card } from '../../ui/card.tsx';
import { FocusHere } from '../../ui/focus-here.tsx';
import { StepBar } from '../../ui/step-bar.tsx';
import { FreezeStep } from './freeze-step.tsx';
import { InviteStep } from './invite-step.tsx';
import { KitsStep } from './kits-step.tsx';
import { ProjectStep } from './project-step.tsx';
import { ServerStep } from './server-step.tsx';
import type { StepProps } from './step.ts';
import { firstOpenStep, isStep, stepAfter, STEPS, type StepName } from './steps.ts';

const FORMS: Readonly<Record<StepName, (props: StepProps) => ReactNode>> = {
  project: ProjectStep,
  server: ServerStep,
  kits: KitsStep,
  freeze: FreezeStep,
  invite: InviteStep,
};

/** The steps of the set-up, one at a time; the address names the step, so that Back leads to the one before. */
export const SetUpView = ({ project }: { readonly project: Project }) => {
  const { t } = useTranslation();
  const [params, setParams] = useAskedParams();
  const named = params.get('step');
  const step = isStep(named) ? named : firstOpenStep(project);
  const Form = FORMS[step];
  return (
    <Card>
      <StepBar steps={STEPS.map((name) => t(`setUp.steps.${name}`))} active={STEPS.indexOf(step)} />
      <FocusHere key={step}>
        <Stack>
          <Title order={2} size="h4">
            {t(`setUp.titles.${step}`)}
          </Title>
          <Form
            project={project}
            onDone={() => {
              setParams(() => new URLSearchParams({ step: stepAfter(step) ?? 'invite' }));
            }}
          />
        </Stack>
      </FocusHere>
    </Card>
  );
};
