import type { Trx } from './database.ts';

/** A site to be registered. */
export interface NewClient {
  readonly name: string;
  readonly description: string;
  readonly organizationId: number;
  readonly creatorId: number;
  /** JSON text. */
  readonly capacity: string;
  /** JSON text, empty when unset. */
  readonly props: string;
  readonly approvalState: number;
  /** Stored time. */
  readonly at: string;
}

/** Inserts the site with its capacity row. @returns the site's id */
export const insertClient = async (trx: Trx, site: NewClient): Promise<number> => {
  const stamps = { created_at: site.at, updated_at: site.at };
  const capacity = await trx
    .insertInto('capacity')
    .values({ capacity: site.capacity, ...stamps })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id } = await trx
    .insertInto('client')
    .values({
      name: site.name,
      description: site.description,
      organization_id: site.organizationId,
      creator_id: site.creatorId,
      capacity_id: capacity.id,
      approval_state: site.approvalState,
      props: site.props,
      ...stamps,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};
