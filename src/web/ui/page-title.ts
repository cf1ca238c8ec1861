import { useEffect } from 'react';

const COUNT = /^\(\d+\) /;

/** Names the browser's tab after the page; a count in front of it stays. */
export const usePageTitle = (title: string): void => {
  useEffect(() => {
    const count = COUNT.exec(document.title)?.[0] ?? '';
    document.title = `${count}${title} – FLARE dashboard`;
  }, [title]);
};

/** Puts a count in front of the title of the browser's tab, such as "(3) Home". */
export const useTitleCount = (count: number): void => {
  useEffect(() => {
    document.title = `${count > 0 ? `(${count}) ` : ''}${document.title.replace(COUNT, '')}`;
  }, [count]);
};
