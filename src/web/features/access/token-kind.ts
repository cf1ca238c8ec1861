import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, responseOf } from '../../api/client.ts';
import { accessTokensQuery, projectTokensQuery } from '../../api/queries.ts';
import type { AccessToken, NewAccessToken, ProjectToken } from '../../api/views.ts';

/** A token in a list, of a person or of the project. */
export type ListedToken = Omit<AccessToken, 'owner'> & Partial<Pick<ProjectToken, 'created_by'>>;

/** Where the tokens of a list come from, and how they are generated and revoked. */
export interface TokenKind {
  /** Group of its texts. */
  readonly texts: 'tokens' | 'projectTokens';
  readonly useTokens: () => UseQueryResult<readonly ListedToken[]>;
  readonly queryKey: readonly string[];
  /** @returns the token, which is shown once */
  readonly generate: (body: NewAccessToken) => Promise<string>;
  readonly revoke: (id: string) => Promise<unknown>;
}

export const OWN_TOKENS: TokenKind = {
  texts: 'tokens',
  useTokens: () => useQuery(accessTokensQuery),
  queryKey: accessTokensQuery.queryKey,
  generate: async (body) => (await responseOf(api.POST('/api/v1/tokens', { body }))).token,
  revoke: (id) => responseOf(api.DELETE('/api/v1/tokens/{id}', { params: { path: { id } } })),
};

export const PROJECT_TOKENS: TokenKind = {
  texts: 'projectTokens',
  useTokens: () => useQuery(projectTokensQuery),
  queryKey: projectTokensQuery.queryKey,
  generate: async (body) => (await responseOf(api.POST('/api/v1/project/tokens', { body }))).token,
  revoke: (id) => responseOf(api.DELETE('/api/v1/project/tokens/{id}', { params: { path: { id } } })),
};
