import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '../api/queries.ts';

const COUNT = /^\(\d+\) /;

/** Names the browser's tab after the page and the project; a count in front of it stays. */
export const usePageTitle = (title: string): void => {
  const { t } = useTranslation();
  const { data } = useQuery(projectQuery);
  const project = data?.title || (data?.short_name ?? '');
  const product = t('product');
  useEffect(() => {
    const count = COUNT.exec(document.title)?.[0] ?? '';
    const parts = [title, ...(project === '' || project === title ? [] : [project]), product];
    document.title = `${count}${parts.join(' – ')}`;
  }, [title, project, product]);
};

/** Puts a count in front of the title of the browser's tab, such as "(3) Home". */
export const useTitleCount = (count: number): void => {
  useEffect(() => {
    document.title = `${count > 0 ? `(${count}) ` : ''}${document.title.replace(COUNT, '')}`;
  }, [count]);
};
