import { Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconCircle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A step of somebody's way into the federation. */
export interface WayStep {
  readonly key: string;
  readonly title: string;
  readonly state: 'done' | 'open' | 'refused';
  /** Instructions, shown while this step is the next one. */
  readonly content?: ReactNode;
}

const MARKS = { done: IconCircleCheck, open: IconCircle, refused: IconCircleX } as const;

/** The steps in their order; the first open one says what to do. */
export const Way = ({ steps }: { readonly steps: readonly WayStep[] }) => {
  const { t } = useTranslation();
  const next = steps.find(({ state }) => state !== 'done');
  return (
    <Stack component="ol" gap="sm" m={0} p={0} className="plain-list">
      {steps.map((step) => {
        const Mark = MARKS[step.state];
        return (
          <li key={step.key} {...(step === next ? { 'aria-current': 'step' as const } : {})}>
            <Group gap="sm" wrap="nowrap" align="flex-start">
              <Mark size={20} aria-hidden className="way-mark" />
              <Stack gap="xs" className="way-text">
                <Text fw={step === next ? 650 : 400}>
                  {step.title}{' '}
                  <VisuallyHidden>
                    {step.state === 'done' ? t('onboarding.done') : t('onboarding.open')}
                  </VisuallyHidden>
                </Text>
                {step === next ? step.content : null}
              </Stack>
            </Group>
          </li>
        );
      })}
    </Stack>
  );
};
