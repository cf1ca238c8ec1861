import { Suspense } from 'react';
import { useAfterFirstView } from './after-first-view.ts';
import { lazyPart } from './lazy-part.ts';

const Toaster = lazyPart(async () => (await import('./toaster.tsx')).Toaster);

/** Fetches the toaster before it is wanted: what it says may be that the server is down. */
export const LateToaster = () => {
  const due = useAfterFirstView();
  return <Suspense>{due ? <Toaster /> : null}</Suspense>;
};
