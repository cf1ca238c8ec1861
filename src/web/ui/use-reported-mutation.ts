import { useMutation, type UseMutationOptions } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useOutcome } from './errors/use-outcome.ts';

/**
 * `useMutation` where a component shows what failed: once that component is gone, as a dialog that was closed or a page
 * that was left, a toast tells it.
 */
export const useReportedMutation = <Data, Variables = void>(
  options: UseMutationOptions<Data, Error, Variables>,
) => {
  const outcome = useOutcome();
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  return useMutation({
    ...options,
    onError: async (...failure) => {
      if (shown.current) {
        await options.onError?.(...failure);
      } else {
        outcome.failed(failure[0]);
      }
    },
  });
};
