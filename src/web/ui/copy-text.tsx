import { Button, Code, Group, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';

/** Of one length, whatever it hides. */
const HIDDEN = '•'.repeat(12);

interface CopyTextProps {
  readonly text: string;
  /** Name of the copied text, for the button's name. */
  readonly what: string;
  readonly hidden?: boolean;
  readonly block?: boolean;
  readonly onCopied?: () => void;
}

type Copied = 'not yet' | 'copied' | 'select';

/** A text with a button that copies it, or selects it and says which keys to press where no script may copy. */
export const CopyText = ({ text, what, hidden = false, block = false, onCopied }: CopyTextProps) => {
  const { t } = useTranslation();
  const shown = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState<Copied>('not yet');
  const copy = async () => {
    onCopied?.();
    try {
      await navigator.clipboard.writeText(text);
      setCopied('copied');
      return;
    } catch {
      // Browsers refuse on a page without HTTPS.
    }
    // The text is drawn in the open before it is selected: what is selected is what gets copied.
    flushSync(() => {
      setCopied('select');
    });
    if (shown.current) {
      getSelection()?.selectAllChildren(shown.current);
    }
  };
  return (
    <Group gap="xs" wrap={block ? 'wrap' : 'nowrap'} align="center">
      <Code ref={shown} block={block} fz="sm" tabIndex={block ? 0 : undefined}>
        {hidden && copied !== 'select' ? HIDDEN : text}
      </Code>
      <Button
        size="compact-sm"
        variant="default"
        flex="none"
        onClick={() => void copy()}
        aria-label={t('common.copyWhat', { what })}
      >
        {copied === 'copied' ? t('common.copied') : t('common.copy')}
      </Button>
      <Text component="span" size="sm" role="status">
        {copied === 'select' ? t('common.pressCopy') : ''}
      </Text>
    </Group>
  );
};
