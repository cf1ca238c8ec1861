import { useSyncExternalStore } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useIsHere } from './is-here.ts';

const listeners = new Set<() => void>();

const subscribe = (onChange: () => void) => {
  listeners.add(onChange);
  window.addEventListener('popstate', onChange);
  return () => {
    listeners.delete(onChange);
    window.removeEventListener('popstate', onChange);
  };
};

interface Step {
  /** Takes the place of the current entry of the history. */
  readonly replace?: boolean;
  readonly hash?: string;
}

type Change = (next: (asked: URLSearchParams) => URLSearchParams, step?: Step) => void;

/**
 * The parameters of the address as last asked for, and how to change them. The router draws an address only when the
 * browser finds the time; a change made from what is drawn would undo the one before it. While somebody is on the way
 * to another page, nothing of this one is changed.
 */
export const useAskedParams = (): readonly [URLSearchParams, Change] => {
  const { search } = useLocation();
  const navigate = useNavigate();
  const isHere = useIsHere();
  const asked = useSyncExternalStore(subscribe, () => (isHere() ? window.location.search : search));
  const change: Change = (next, { replace = false, hash = '' } = {}) => {
    if (!isHere()) {
      return;
    }
    const params = next(new URLSearchParams(window.location.search)).toString();
    void navigate({ search: params === '' ? '' : `?${params}`, hash }, { replace });
    for (const notify of listeners) {
      notify();
    }
  };
  return [new URLSearchParams(asked), change];
};
