import { useMutation } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { api, responseOf } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { lazyPart } from '../../ui/lazy-part.ts';
import { Placeholder } from '../../ui/placeholder.tsx';
import { LogInForm } from './log-in-form.tsx';
import { finishLogIn, openSession } from './session.ts';

const CodeForm = lazyPart(async () => (await import('./code-form.tsx')).CodeForm);

const AskAgain = lazyPart(async () => (await import('./ask-again.tsx')).AskAgain);

interface LogInProps {
  readonly email?: string;
  readonly onLoggedIn: () => unknown;
}

const finishByPasskey = async (challenge: string): Promise<void> => {
  const [{ signWithPasskey }, { options }] = await Promise.all([
    import('../passkeys/browser-passkey.ts'),
    responseOf(api.POST('/api/v1/login/second-factor/passkey', { body: { challenge } })),
  ]);
  await finishLogIn({ challenge, passkey: await signWithPasskey(options) });
};

/** Asks for the password, and then for the second factor where the account has one. */
export const LogIn = ({ email, onLoggedIn }: LogInProps) => {
  const [challenge, setChallenge] = useState('');
  const [factors, setFactors] = useState<readonly string[]>([]);
  const first = useMutation({
    mutationFn: openSession,
    onSuccess: onLoggedIn,
    onError: (error) => {
      const { code, detail } = asProblem(error);
      setChallenge(code === 'second_factor_required' ? detail.challenge : '');
      setFactors(detail.factors);
    },
  });
  const second = useMutation({ mutationFn: finishLogIn, onSuccess: onLoggedIn });
  const byPasskey = useMutation({ mutationFn: finishByPasskey, onSuccess: onLoggedIn });
  if (asProblem(first.error).code === 'denied') {
    return (
      <Suspense fallback={<Placeholder />}>
        <AskAgain
          denial={asProblem(first.error).detail}
          onBack={() => {
            first.reset();
          }}
        />
      </Suspense>
    );
  }
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
    <Suspense fallback={<Placeholder />}>
      <CodeForm
        factors={factors}
        busy={second.isPending}
        error={second.error}
        passkey={byPasskey}
        onPasskey={() => {
          second.reset();
          byPasskey.mutate(challenge);
        }}
        onCode={(code) => {
          byPasskey.reset();
          second.mutate({ challenge, code });
        }}
        onBack={() => {
          first.reset();
          second.reset();
          byPasskey.reset();
          setChallenge('');
        }}
      />
    </Suspense>
  );
};
