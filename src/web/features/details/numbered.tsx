import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { UnknownPage } from '../../pages/unknown-page.tsx';

/** Gives the number at the end of the address; a page that does not exist for anything else. */
export const Numbered = ({ children }: { readonly children: (id: number) => ReactNode }) => {
  const { id = '' } = useParams();
  const number = /^[1-9]\d{0,14}$/.test(id) ? Number(id) : undefined;
  return number === undefined ? <UnknownPage /> : children(number);
};
