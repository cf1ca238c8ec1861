import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '../../api/problem.ts';
import { CodeForm } from './code-form.tsx';
import { LogInForm } from './log-in-form.tsx';
import { finishLogIn, openSession } from './session.ts';

interface LogInProps {
  readonly email?: string;
  readonly onLoggedIn: () => unknown;
}

/** Asks for the password, and then for the second factor where the account has one. */
export const LogIn = ({ email, onLoggedIn }: LogInProps) => {
  const [challenge, setChallenge] = useState('');
  const first = useMutation({
    mutationFn: openSession,
    onSuccess: onLoggedIn,
    onError: (error) => {
      setChallenge(asProblem(error).detail.challenge);
    },
  });
  const second = useMutation({ mutationFn: finishLogIn, onSuccess: onLoggedIn });
  if (challenge === '') {
    return (
      <LogInForm
        {...(email === undefined ? {} : { email })}
        busy={first.isPending}
        error={first.error}
        onLogIn={(credentials) => {
          first.mutate(credentials);
        }}
      />
    );
  }
  return (
    <CodeForm
      busy={second.isPending}
      error={second.error}
      onCode={(code) => {
        second.mutate({ challenge, code });
      }}
      onBack={() => {
        first.reset();
        second.reset();
        setChallenge('');
      }}
    />
  );
};
