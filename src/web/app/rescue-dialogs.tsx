import { Suspense, useSyncExternalStore } from 'react';
import { confirmationGate, sessionGate } from '../api/session-gate.ts';
import { leaveQuestion } from '../features/session/leave-question.ts';
import { useAfterFirstView } from '../ui/after-first-view.ts';
import { lazyPart } from '../ui/lazy-part.ts';

const ExpiredSession = lazyPart(
  async () => (await import('../features/session/expired-session.tsx')).ExpiredSession,
);
const ConfirmPassword = lazyPart(
  async () => (await import('../features/session/confirm-password.tsx')).ConfirmPassword,
);

const LeaveDialog = lazyPart(async () => (await import('../features/session/leave-dialog.tsx')).LeaveDialog);

/** The dialogs that come up when a call needs a new log-in or the password again, fetched before they are wanted, and the one before a log-out that loses text. */
export const RescueDialogs = () => {
  const due = useAfterFirstView();
  const loggedOut = useSyncExternalStore(sessionGate.subscribe, sessionGate.isClosed);
  const confirming = useSyncExternalStore(confirmationGate.subscribe, confirmationGate.isClosed);
  const leaving = useSyncExternalStore(leaveQuestion.subscribe, leaveQuestion.get);
  return (
    <>
      <Suspense>{due || confirming ? <ConfirmPassword /> : null}</Suspense>
      <Suspense>{due || loggedOut ? <ExpiredSession /> : null}</Suspense>
      <Suspense>{leaving ? <LeaveDialog /> : null}</Suspense>
    </>
  );
};
