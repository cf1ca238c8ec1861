import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/format.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { DeployCommands } from './deploy-commands.tsx';
import { isDeployable, type GeneratedKit, type KitSource } from './kit-source.ts';
import { StartCommand } from './start-command.tsx';
import { UnzipCommand } from './unzip-command.tsx';

interface KitReadyProps {
  readonly kit: GeneratedKit;
  readonly source: KitSource;
  /** True while the PIN can be read. */
  readonly shown: boolean;
  readonly onShow: (shown: boolean) => void;
  readonly onCopied: () => void;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div className="fact">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** The kit is there: its PIN, how to check it and how to open it. */
export const KitReady = ({ kit, source, shown, onShow, onCopied, onAgain, onClose }: KitReadyProps) => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const folder = kit.fileName.replace(/\.zip$/, '');
  return (
    <Stack>
      <Text role="status">{t('kit.ready', { file: kit.fileName })}</Text>
      <dl className="facts">
        <Fact name={t('kit.pin')}>
          <Group gap="xs" data-pin={shown ? kit.pin : ''}>
            <CopyText text={kit.pin} what={t('kit.pin')} hidden={!shown} onCopied={onCopied} />
            <Button
              size="compact-sm"
              variant="default"
              aria-pressed={shown}
              onClick={() => {
                onShow(!shown);
              }}
            >
              {shown ? t('common.hide') : t('common.show')}
            </Button>
          </Group>
        </Fact>
        <Fact name={t('kit.file')}>{kit.fileName}</Fact>
        <Fact name={t('kit.sha256')}>
          <CopyText text={kit.sha256} what={t('kit.sha256')} block />
        </Fact>
        {kit.serial ? <Fact name={t('kit.serial')}>{kit.serial}</Fact> : null}
        {kit.notAfter ? <Fact name={t('kit.ends')}>{moment(kit.notAfter)}</Fact> : null}
      </dl>
      <UnzipCommand fileName={kit.fileName} encryption={kit.encryption} />
      <StartCommand folder={folder} kind={source.kind} />
      {isDeployable(source) ? <DeployCommands folder={folder} /> : null}
      <Alert color="yellow" variant="outline">
        {t('kit.keep')}
      </Alert>
      <Group justify="flex-end">
        <Button variant="default" onClick={onAgain}>
          {t('kit.another')}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            saveFile(kit.zip, kit.fileName);
          }}
        >
          {t('kit.saveAgain')}
        </Button>
        <Button onClick={onClose}>{t('common.close')}</Button>
      </Group>
    </Stack>
  );
};
