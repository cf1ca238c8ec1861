import { useMutation, type UseMutationOptions } from '@tanstack/react-query';
import { useOutcome } from './errors/use-outcome.ts';
import { useShown } from './use-shown.ts';

/**
 * `useMutation` where a component shows what failed: once that component is gone, as a dialog that was closed or a page
 * that was left, a toast tells it.
 */
export const useReportedMutation = <Data, Variables = void>(
  options: UseMutationOptions<Data, Error, Variables>,
) => {
  const outcome = useOutcome();
  const shown = useShown();
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
