import { useState, type ReactNode } from 'react';
import type { User, UserChange } from '../../api/views.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { TypedConfirmation } from '../../ui/forms/typed-confirmation.tsx';
import { ValidKits } from '../approvals/valid-kits.tsx';
import { useChangeUser } from './use-change-user.ts';

interface ChangeDialogProps {
  readonly user: User;
  readonly change: UserChange;
  readonly title: string;
  readonly submit: string;
  readonly done: string;
  /** True asks for the person's e-mail before. */
  readonly typed?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Asks before a user is changed in a way that reaches further than the table shows. */
export const ChangeDialog = ({
  user,
  change,
  title,
  submit,
  done,
  typed = false,
  onClose,
  children,
}: ChangeDialogProps) => {
  const changeUser = useChangeUser();
  const outcome = useOutcome();
  const [email, setEmail] = useState('');
  return (
    <ConfirmDialog
      title={title}
      submit={submit}
      color="pine"
      ready={!typed || email === user.email}
      action={() => changeUser(user, change)}
      onDone={() => {
        outcome.done(done);
      }}
      onClose={onClose}
    >
      {children}
      <ValidKits subjects={[{ name: user.email, downloads: user.download_count }]} />
      {typed ? <TypedConfirmation expected={user.email} value={email} onChange={setEmail} /> : null}
    </ConfirmDialog>
  );
};
