import { Alert, Button, Stack, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface CrashBoundaryProps {
  readonly children: ReactNode;
  /** Shown in place of what failed. */
  readonly note?: ReactNode;
}

/** Says that a part of the page failed, and reloads it. */
export const CrashNote = () => {
  const { t } = useTranslation();
  return (
    <Alert color="red" variant="outline" role="alert" title={t('errors.crashed')}>
      <Stack align="flex-start">
        <Text size="sm">{t('errors.crashedLead')}</Text>
        <Button
          onClick={() => {
            location.reload();
          }}
        >
          {t('errors.reload')}
        </Button>
      </Stack>
    </Alert>
  );
};

/** Keeps an error of one page from taking the menu and everything else with it. */
export class CrashBoundary extends Component<CrashBoundaryProps, { readonly crashed: boolean }> {
  override readonly state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    if (!this.state.crashed) {
      return this.props.children;
    }
    return this.props.note ?? <CrashNote />;
  }
}
