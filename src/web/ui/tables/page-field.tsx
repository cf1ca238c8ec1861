import { Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/format.ts';

interface PageFieldProps {
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
}

/** The number of the page; another one that is typed leads there. */
export const PageField = ({ page, pages, onPage }: PageFieldProps) => {
  const { t } = useTranslation();
  const { number } = useFormats();
  const [typed, setTyped] = useState(String(page));
  const go = () => {
    const wanted = /^\d+$/.test(typed) ? Math.min(Math.max(1, Number(typed)), pages) : page;
    setTyped(String(wanted));
    if (wanted !== page) {
      onPage(wanted);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <Group gap={6} wrap="nowrap">
        <TextInput
          size="xs"
          w="4rem"
          inputMode="numeric"
          aria-label={t('list.page')}
          value={typed}
          onBlur={go}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
          }}
        />
        <Text size="sm">{t('list.ofPages', { pages: number(pages) })}</Text>
      </Group>
    </form>
  );
};
