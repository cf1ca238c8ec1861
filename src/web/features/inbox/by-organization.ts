import type { Request } from './requests.ts';

/** The waiting requests of one organization. */
export interface OrganizationRequests {
  readonly organization: string;
  readonly requests: readonly Request[];
}

/** Groups the requests by organization: the one that has waited longest first, and so within each. */
export const byOrganization = (requests: readonly Request[]): readonly OrganizationRequests[] => {
  const groups = new Map<string, Request[]>();
  for (const request of requests) {
    const group = groups.get(request.organization);
    if (group) {
      group.push(request);
    } else {
      groups.set(request.organization, [request]);
    }
  }
  return [...groups].map(([organization, found]) => ({ organization, requests: found }));
};

/** Requests whose name, title or organization contain the text. */
export const matching = (requests: readonly Request[], text: string): readonly Request[] => {
  const needle = text.trim().toLowerCase();
  return requests.filter(({ name, title, organization }) =>
    `${name} ${title} ${organization}`.toLowerCase().includes(needle),
  );
};
