import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { participantYaml } from '../../../contract/participant-yaml.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { saveFile } from '../../ui/save-file.ts';
import type { OwnKeyHolder } from './own-key-holder.ts';

interface GenerateStepsProps {
  /** Short name. */
  readonly project: string;
  readonly own: OwnKeyHolder;
}

/** The participant file and the command of NVFLARE, or the command of OpenSSL where NVFLARE has none. */
export const GenerateSteps = ({ project, own: { participant, tool } }: GenerateStepsProps) => {
  const { t } = useTranslation();
  const { name } = participant;
  const what = t('ownKey.requestCommand');
  if (tool === 'openssl') {
    const files = `-keyout '${name}.key' -out '${name}.csr'`;
    const command = `openssl req -new -newkey rsa:3072 -nodes ${files} -subj '/CN=${name}'`;
    return <CopyText text={command} what={what} block />;
  }
  const file = `${name}.yaml`;
  const yaml = participantYaml(project, participant);
  return (
    <>
      <CopyText text={yaml} what={file} block />
      <Button
        size="xs"
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        onClick={() => {
          saveFile(new Blob([yaml], { type: 'application/yaml' }), file);
        }}
      >
        {t('ownKey.save', { file })}
      </Button>
      <CopyText text={`nvflare cert request -p '${file}'`} what={what} block />
    </>
  );
};
