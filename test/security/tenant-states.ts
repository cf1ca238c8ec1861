import fc from 'fast-check';
import { APPROVED } from '../../src/contract/approval.ts';
import { hashPassword } from '../../src/backend/auth/password-hash.ts';
import { insertClient } from '../../src/backend/store/sites.ts';
import type { Database } from '../../src/backend/store/database.ts';
import { findOrCreateId } from '../../src/backend/store/named-rows.ts';
import { toTimestamp } from '../../src/backend/store/timestamp.ts';
import { insertUser, updateUser } from '../../src/backend/store/users.ts';

const PEOPLE = 8;
const SITES = 10;
const ROLES = ['org_admin', 'lead', 'member', ''] as const;
const ORGANIZATIONS = ['clinic', 'hospital', 'lab'] as const;
const DESCRIPTION = 'Ward 7, ask Dr. Grey';
const CAPACITY = JSON.stringify({ num_of_gpus: 3, mem_per_gpu_in_GiB: 40 });

const person = fc.record({
  role: fc.constantFrom(...ROLES),
  organization: fc.constantFrom(...ORGANIZATIONS),
  approval: fc.constantFrom(0, APPROVED, -1),
});
const site = fc.record({ owner: fc.nat(PEOPLE - 1), approval: fc.constantFrom(0, APPROVED, -1) });

/** People of three organizations in any role and approval state, and sites of theirs. */
export const state = fc.record({
  people: fc.array(person, { minLength: PEOPLE, maxLength: PEOPLE }),
  sites: fc.array(site, { maxLength: SITES }),
});
type Generated<A> = A extends fc.Arbitrary<infer T> ? T : never;

const ADMITTED: Generated<typeof person> = { role: 'member', organization: 'clinic', approval: APPROVED };

/** A person of the state. */
export interface Person extends Generated<typeof person> {
  readonly id: number;
}

/** A site of the state. */
export interface PlacedSite {
  readonly id: number;
  /** Number of the person that registered it. */
  readonly owner: number;
  readonly organization: string;
  readonly approval: number;
}

/** People and objects in the database. */
export interface Placed {
  readonly people: readonly Person[];
  readonly sites: readonly PlacedSite[];
}

type Name = (typeof ROLES)[number] | (typeof ORGANIZATIONS)[number];

/** Puts states into the database, as another process would; the people stay the same accounts. */
export class States {
  readonly #db: Database;
  readonly #ids: ReadonlyMap<Name, number>;
  readonly #people: readonly { readonly id: number; readonly email: string }[];

  private constructor(db: Database, ids: ReadonlyMap<Name, number>, people: States['people']) {
    this.#db = db;
    this.#ids = ids;
    this.#people = people;
  }

  /** Makes the people's accounts, all with this password. */
  static async prepare(db: Database, password: string): Promise<States> {
    const at = toTimestamp(new Date());
    const password_hash = await hashPassword(password);
    const emails = Array.from({ length: PEOPLE }, (_, number) => `person-${number}@example.org`);
    return db.write(async (trx) => {
      const ids = new Map<Name, number>();
      for (const role of ROLES) {
        ids.set(role, await findOrCreateId(trx, 'role', role, at));
      }
      for (const organization of ORGANIZATIONS) {
        ids.set(organization, await findOrCreateId(trx, 'organization', organization, at));
      }
      const people: { readonly id: number; readonly email: string }[] = [];
      for (const email of emails) {
        const id = await insertUser(trx, {
          name: email,
          description: '',
          email,
          password_hash,
          role_id: await findOrCreateId(trx, 'role', ADMITTED.role, at),
          organization_id: await findOrCreateId(trx, 'organization', ADMITTED.organization, at),
          created_at: at,
          updated_at: at,
        });
        people.push({ id, email });
      }
      return new States(db, ids, people);
    });
  }

  /** The people's accounts. */
  get people(): readonly { readonly id: number; readonly email: string }[] {
    return this.#people;
  }

  /** Lets everybody log in. */
  async admitAll(): Promise<void> {
    await this.place({ people: this.#people.map(() => ADMITTED), sites: [] });
  }

  /** Replaces the state before. */
  place({ people, sites }: Generated<typeof state>): Promise<Placed> {
    const who = people.map((one, index) => ({ ...one, id: this.#people[index]?.id ?? 0 }));
    return this.#db.write(async (trx) => {
      await trx.deleteFrom('client').execute();
      for (const { id, role, organization, approval } of who) {
        await updateUser(trx, id, {
          role_id: this.#idOf(role),
          organization_id: this.#idOf(organization),
          approval_state: approval,
        });
      }
      const placed: PlacedSite[] = [];
      for (const [index, { owner, approval }] of sites.entries()) {
        const creator = who[owner];
        if (creator === undefined) {
          throw new Error('a site of nobody');
        }
        const { organization } = creator;
        const id = await insertClient(trx, {
          name: `site-${index}`,
          description: DESCRIPTION,
          organizationId: this.#idOf(organization),
          creatorId: creator.id,
          capacity: CAPACITY,
          props: '{"a":1}',
          approvalState: approval,
          at: toTimestamp(new Date()),
        });
        placed.push({ id, owner, organization, approval });
      }
      return { people: who, sites: placed };
    });
  }

  /** Every user and site as stored, to compare. */
  async content(): Promise<string> {
    const { reader } = this.#db;
    return JSON.stringify([
      await reader.selectFrom('user').selectAll().orderBy('id').execute(),
      await reader.selectFrom('client').selectAll().orderBy('id').execute(),
    ]);
  }

  #idOf(name: Name): number {
    const id = this.#ids.get(name);
    if (id === undefined) {
      throw new Error(`${name} is not there`);
    }
    return id;
  }
}
