import type { QueueRequester } from '../context/fair-queue.ts';
import { addressNetwork } from './address-network.ts';
import type { Requester } from './principal.ts';

/**
 * Whose share of the costly work a request takes.
 *
 * @param known an account whose secret was right from here before: it has a share of its own, as one logged in has
 */
export const queueShare = (requester: Requester, known?: string): QueueRequester => {
  const { host, network } = addressNetwork(requester.address);
  const account = requester.principal?.email ?? known;
  return account === undefined
    ? { requester: host, network, known: false }
    : { requester: account.toLowerCase(), network, known: true };
};
