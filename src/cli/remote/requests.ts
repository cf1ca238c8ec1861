import { RequestsResponse, type RequestState, type RequestView } from '../../contract/api/requests.ts';
import type { ApiClient } from './api-client.ts';
import { REMOTE_ERRORS } from './remote-errors.ts';

/** Lists requests for certificates, newest first. */
export const listRequests = async (api: ApiClient, state?: RequestState): Promise<readonly RequestView[]> =>
  (
    await api.call(RequestsResponse, {
      path: `/requests${state === undefined ? '' : `?state=${state}`}`,
    })
  ).requests;

/**
 * Finds the request with an ID, or the newest one for a name.
 *
 * @throws CliError `not_found`
 */
export const findRequest = async (
  api: ApiClient,
  idOrName: string,
  state: RequestState,
): Promise<RequestView> => {
  const wanted = idOrName.toLowerCase();
  const found = (await listRequests(api, state)).find(
    ({ id, name }) => id === wanted || name.toLowerCase() === wanted,
  );
  if (found === undefined) {
    throw REMOTE_ERRORS.notFound({
      what: `There is no ${state} request ${idOrName}.`,
      advice: 'See `dashboard request list`.',
    });
  }
  return found;
};

/** Returns what a person compares before approving: names, key and its SHA-256. */
export const requestLines = (request: RequestView): readonly string[] => [
  `Request:     ${request.id}`,
  `For:         ${[request.name, request.organization, request.role].filter((text) => text !== '').join(', ')}`,
  `Valid for:   ${request.alternative_names.join(', ')}`,
  `Key:         ${request.key_type}, ${request.key_bits} bits`,
  `SHA-256:     ${request.public_key_sha256}`,
  ...(request.renews === undefined ? [] : [`Renews:      ${request.renews}`]),
];
