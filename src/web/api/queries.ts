import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, responseOf } from './client.ts';
import type { Message } from './views.ts';

/** The project as the requester may see it; host names are empty for strangers. */
export const projectQuery = queryOptions({
  queryKey: ['project'],
  queryFn: async () => (await responseOf(api.GET('/api/v1/project'))).project,
});

export const organizationsQuery = queryOptions({
  queryKey: ['organizations'],
  queryFn: async () => (await responseOf(api.GET('/api/v1/organizations'))).organizations,
});

export const organizationQuery = (name: string) =>
  queryOptions({
    queryKey: ['organizations', name],
    queryFn: async () => {
      const params = { path: { name } };
      return (await responseOf(api.GET('/api/v1/organizations/by-name/{name}', { params }))).organization;
    },
  });

/** Counts of what the project admin has to see to. */
export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: () => responseOf(api.GET('/api/v1/overview')),
});

export const userQuery = (id: number) =>
  queryOptions({
    queryKey: ['users', id],
    queryFn: async () => (await responseOf(api.GET('/api/v1/users/{id}', { params: { path: { id } } }))).user,
  });

export const siteQuery = (id: number) =>
  queryOptions({
    queryKey: ['sites', id],
    queryFn: async () =>
      (await responseOf(api.GET('/api/v1/clients/{id}', { params: { path: { id } } }))).client,
  });

/** More own sites than anybody has. */
const MAX_OWN = 500;

/** The sites that somebody owns. */
export const ownedSitesQuery = (owner: number) =>
  queryOptions({
    queryKey: ['sites', 'owned', owner],
    queryFn: async () => {
      const query = { owner, limit: MAX_OWN };
      return (await responseOf(api.GET('/api/v1/clients', { params: { query } }))).client_list;
    },
  });

/** Who asks to join the own organization, for its admins. */
export const joinRequestsQuery = queryOptions({
  queryKey: ['users', 'joining'],
  queryFn: async () => {
    const query = { approval: 'pending', limit: MAX_OWN } as const;
    return (await responseOf(api.GET('/api/v1/users', { params: { query } }))).user_list;
  },
  staleTime: 0,
});

/** The certificates of one site or user, the newest first. */
export const certificatesOfQuery = (holder: 'client' | 'user', id: number) =>
  queryOptions({
    queryKey: ['ledger', holder, id],
    queryFn: async () => {
      const query = { holder, holder_id: id, sort: '-id', limit: 100 };
      return (await responseOf(api.GET('/api/v1/kits', { params: { query } }))).kits;
    },
  });

/** Last events of a site or user, such as `client:north-1`. */
export const historyQuery = (target: string) =>
  queryOptions({
    queryKey: ['audit', 'of', target],
    queryFn: async () =>
      (await responseOf(api.GET('/api/v1/audit', { params: { query: { target, limit: 50 } } }))).audit,
  });

export const inboxQuery = queryOptions({
  queryKey: ['inbox'],
  queryFn: () => responseOf(api.GET('/api/v1/inbox')),
  staleTime: 2_000,
});

/** Requests for certificates of keys that stay elsewhere, newest first. */
export const requestsQuery = queryOptions({
  queryKey: ['requests'],
  queryFn: async () => (await responseOf(api.GET('/api/v1/requests'))).requests,
  staleTime: 0,
});

/** Certificates of a user's console or a site that are still valid. */
export const validKitsQuery = (name: string) =>
  queryOptions({
    queryKey: ['ledger', 'valid', name],
    queryFn: async () => {
      const query = { q: name, sort: '-id', limit: 1000 };
      const { kits } = await responseOf(api.GET('/api/v1/kits', { params: { query } }));
      return kits.filter(
        ({ common_name, state }) => common_name === name && state !== 'revoked' && state !== 'expired',
      );
    },
  });

export const rootCaQuery = queryOptions({
  queryKey: ['root-ca'],
  queryFn: () => responseOf(api.GET('/api/v1/ca')),
});

/** The root CA of one's own that the freeze takes. */
export const preparedRootQuery = queryOptions({
  queryKey: ['prepared-root'],
  queryFn: () => responseOf(api.GET('/api/v1/ca/prepared')),
});

/** Who still has the root certificate of before. */
export const rootProgressQuery = queryOptions({
  queryKey: ['root-progress'],
  queryFn: () => responseOf(api.GET('/api/v1/ca/renewal')),
});

/** Participants that a renewal of the root CA concerns. */
export const rootPlanQuery = queryOptions({
  queryKey: ['root-plan'],
  queryFn: () => responseOf(api.POST('/api/v1/ca/renewal/plan', { body: {} })),
  staleTime: 0,
});

/** Whether the root CA is sealed. */
export const readyQuery = queryOptions({
  queryKey: ['ready'],
  queryFn: () => responseOf(api.GET('/api/v1/ready')),
});

export const checksQuery = queryOptions({
  queryKey: ['checks'],
  queryFn: () => responseOf(api.POST('/api/v1/project/checks')),
  staleTime: 0,
});

/** The properties file of the project folder. */
export const propertiesQuery = queryOptions({
  queryKey: ['properties'],
  queryFn: () => responseOf(api.GET('/api/v1/properties')),
  staleTime: 0,
});

/** The requester's open sessions. */
export const ownSessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async () => (await responseOf(api.GET('/api/v1/sessions'))).sessions,
});

/** Ways to log in; they change with a restart only. */
export const loginOptionsQuery = queryOptions({
  queryKey: ['login-options'],
  queryFn: () => responseOf(api.GET('/api/v1/login/options')),
  staleTime: Infinity,
});

/** Why the log-in at the identity provider was denied from which this page was opened. */
export const ssoDenialQuery = queryOptions({
  queryKey: ['sso-denial'],
  queryFn: () => responseOf(api.GET('/api/v1/login/sso/denial')),
  staleTime: Infinity,
  retry: false,
});

/** The requester's own second factors. */
export const secondFactorQuery = queryOptions({
  queryKey: ['second-factor'],
  queryFn: () => responseOf(api.GET('/api/v1/second-factor')),
});

export const accessTokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: async () => (await responseOf(api.GET('/api/v1/tokens'))).access_tokens,
});

export const projectTokensQuery = queryOptions({
  queryKey: ['project-tokens'],
  queryFn: async () => (await responseOf(api.GET('/api/v1/project/tokens'))).project_tokens,
});

/** Certificates that expire within 90 days. */
export const renewalsQuery = queryOptions({
  queryKey: ['renewals'],
  queryFn: async () => (await responseOf(api.GET('/api/v1/renewals'))).renewals,
});

/** Kits in use that are not what they would be now. */
export const outdatedKitsQuery = infiniteQueryOptions({
  queryKey: ['ledger', 'outdated'],
  queryFn: ({ pageParam: after }) =>
    responseOf(api.GET('/api/v1/kits/outdated', { params: { query: { after, limit: 50 } } })),
  initialPageParam: 0,
  getNextPageParam: ({ next }) => next,
});

export const enrolmentTokensQuery = queryOptions({
  queryKey: ['enrolment-tokens'],
  queryFn: async () => (await responseOf(api.GET('/api/v1/enrolment-tokens'))).enrolment_tokens,
});

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: async () => (await responseOf(api.GET('/api/v1/invitations'))).invitations,
});

/** A page of the messages to people. */
export const outboxQuery = (query: {
  readonly state: Message['state'] | undefined;
  readonly offset: number;
  readonly limit: number;
}) =>
  queryOptions({
    queryKey: ['outbox', query],
    queryFn: () => {
      const { state, ...page } = query;
      const params = { query: { ...page, ...(state === undefined ? {} : { state }) } };
      return responseOf(api.GET('/api/v1/outbox', { params }));
    },
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  });

/** Messages about a user's request. */
export const requestMessagesQuery = (id: number) =>
  queryOptions({
    queryKey: ['users', id, 'messages'],
    queryFn: async () =>
      (await responseOf(api.GET('/api/v1/users/{id}/messages', { params: { path: { id } } }))).messages,
    refetchInterval: 10_000,
  });

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: async () => (await responseOf(api.GET('/api/v1/webhooks'))).webhooks,
  refetchInterval: 5_000,
});

/** Last deliveries to a webhook. */
export const webhookDeliveriesQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhooks', id, 'deliveries'],
    queryFn: () => {
      const params = { path: { id }, query: { limit: 50 } };
      return responseOf(api.GET('/api/v1/webhooks/{id}/deliveries', { params }));
    },
    refetchInterval: 5_000,
  });

/** The invitation behind a link; its token stays out of addresses and logs. */
export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: () => responseOf(api.POST('/api/v1/invitations/check', { body: { token } })),
    retry: false,
  });
