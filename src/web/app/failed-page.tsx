import { CrashNote } from '../ui/errors/crash-boundary.tsx';

/** Stands in place of the whole page when its frame fails. */
export const FailedPage = () => (
  <main className="failed-page">
    <CrashNote />
  </main>
);
