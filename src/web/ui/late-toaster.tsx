import { Suspense, useSyncExternalStore } from 'react';
import { useAfterFirstView } from './after-first-view.ts';
import { lazyPart } from './lazy-part.ts';
import { toasterWanted } from './toast.ts';

const Toaster = lazyPart(async () => (await import('./toaster.tsx')).Toaster);

/** Fetches the toaster before it is wanted: what it says may be that the server is down. A message of the first seconds does not wait. */
export const LateToaster = () => {
  const due = useAfterFirstView();
  const wanted = useSyncExternalStore(toasterWanted.subscribe, toasterWanted.get);
  return <Suspense>{due || wanted ? <Toaster /> : null}</Suspense>;
};
