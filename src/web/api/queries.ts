import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.ts';
import type { Message } from './views.ts';

/** The project as the requester may see it; host names are empty for strangers. */
export const projectQuery = queryOptions({
  queryKey: ['project'],
  queryFn: async () => (await answered(api.GET('/api/v1/project'))).project,
});

export const organizationsQuery = queryOptions({
  queryKey: ['organizations'],
  queryFn: async () => (await answered(api.GET('/api/v1/organizations'))).org_list,
});

/** All users the requester may see; the tables filter and page by themselves. */
export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: async () => (await answered(api.GET('/api/v1/users'))).user_list,
});

/** All sites the requester may see, other organizations' approved ones among them. */
export const sitesQuery = queryOptions({
  queryKey: ['sites'],
  queryFn: async () => (await answered(api.GET('/api/v1/clients'))).client_list,
});

export const inboxQuery = queryOptions({
  queryKey: ['inbox'],
  queryFn: () => answered(api.GET('/api/v1/inbox')),
  staleTime: 0,
});

export const ledgerQuery = queryOptions({
  queryKey: ['ledger'],
  queryFn: async () => (await answered(api.GET('/api/v1/kits'))).kits,
});

/** Certificates of a user's console or a site that are still valid. */
export const validKitsQuery = (name: string) =>
  queryOptions({
    queryKey: ['ledger', 'valid', name],
    queryFn: async () => {
      const query = { q: name, sort: '-id', limit: 1000 };
      const { kits } = await answered(api.GET('/api/v1/kits', { params: { query } }));
      return kits.filter(
        ({ common_name, state }) => common_name === name && state !== 'revoked' && state !== 'expired',
      );
    },
  });

export const rootCaQuery = queryOptions({
  queryKey: ['authority'],
  queryFn: () => answered(api.GET('/api/v1/ca')),
});

/** Whether the root CA is sealed. */
export const readyQuery = queryOptions({
  queryKey: ['ready'],
  queryFn: () => answered(api.GET('/api/v1/ready')),
});

export const checksQuery = queryOptions({
  queryKey: ['checks'],
  queryFn: () => answered(api.POST('/api/v1/project/checks')),
  staleTime: 0,
});

/** The properties file of the project folder. */
export const propertiesQuery = queryOptions({
  queryKey: ['properties'],
  queryFn: () => answered(api.GET('/api/v1/properties')),
  staleTime: 0,
});

/** The requester's open sessions. */
export const ownSessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async () => (await answered(api.GET('/api/v1/sessions'))).sessions,
});

export const accessTokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: async () => (await answered(api.GET('/api/v1/tokens'))).access_tokens,
});

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: async () => (await answered(api.GET('/api/v1/invitations'))).invitations,
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
      return answered(api.GET('/api/v1/outbox', { params }));
    },
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  });

/** Whom an invitation's link invites; its token stays out of addresses and logs. */
export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: () => answered(api.POST('/api/v1/invitations/check', { body: { token } })),
    retry: false,
  });
