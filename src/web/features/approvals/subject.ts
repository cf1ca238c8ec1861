import type { Objection, Site, User } from '../../api/views.ts';

/** Somebody or something that can be approved, denied or deleted. */
export interface Subject {
  readonly kind: 'user' | 'client';
  readonly id: number;
  readonly name: string;
  /** Of what is shown, so that nothing else is decided on. */
  readonly version: string | undefined;
  readonly state: number;
  /** Number of downloads of this subject's kits. */
  readonly downloads: number;
  /** Objections of the organization's admins. */
  readonly objections: readonly Objection[];
}

export const userSubject = (user: User): Subject => ({
  kind: 'user',
  id: user.id,
  name: user.email,
  version: user.version,
  state: user.approval_state,
  downloads: user.download_count,
  objections: user.objections ?? [],
});

export const siteSubject = (site: Site): Subject => ({
  kind: 'client',
  id: site.id,
  name: site.name,
  version: site.version,
  state: site.approval_state,
  downloads: site.download_count,
  objections: [],
});
