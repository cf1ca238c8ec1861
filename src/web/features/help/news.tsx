import { Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import changelog from '../../../../CHANGELOG.md?raw';

/** The newest part of the changelog. */
const newest = changelog.split(/^## /m)[1] ?? '';

const plain = (text: string): string => text.replaceAll('`', '').replaceAll('**', '');

/** Shows what changed in this version; the changelog is in English in every language. */
export const News = () => {
  const { hash } = useLocation();
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (hash === '#news') {
      top.current?.scrollIntoView();
    }
  }, [hash]);
  return (
    <Stack gap="sm" lang="en" ref={top} className="news">
      {newest
        .split(/^### /m)
        .slice(1)
        .map((part) => {
          const [head = '', ...lines] = part.split('\n');
          return (
            <section key={head}>
              <Title order={3} size="h5">
                {head}
              </Title>
              <ul>
                {lines
                  .filter((line) => line.startsWith('- '))
                  .map((line) => (
                    <li key={line}>
                      <Text size="sm">{plain(line.slice(2))}</Text>
                    </li>
                  ))}
              </ul>
            </section>
          );
        })}
    </Stack>
  );
};
