import { setTimeout as pause } from 'node:timers/promises';
import type { KitParticipant, KitProject } from '../../../contract/kit.ts';
import { signAhead } from '../../../kits/sign-ahead.ts';
import { signContent } from '../../../pki/sign-content.ts';
import type { ServiceContext } from '../../context/context.ts';
import { logOnce } from '../../context/log-once.ts';
import { countWithoutKit, idsWithoutKit } from '../../store/participants.ts';
import { readProject } from '../../store/project.ts';
import type { ProjectRow } from '../../store/schema.ts';
import { approvedUser, enrolledSite } from './kit-participants.ts';
import { kitProject } from './kit-project.ts';

const LOOK_MS = 3000;
/** Left to requests between two participants. */
const BREATHER_MS = 10;
/** As many as there are key pairs in stock at most. */
const MAX_AHEAD = 512;

/** Parts of the backend that it works with. */
export type SigningContext = Pick<ServiceContext, 'db' | 'rootCa' | 'config' | 'log'>;

const participantOf = (
  { db }: SigningContext,
  table: 'user' | 'client',
  id: number,
): Promise<KitParticipant> =>
  table === 'user' ? approvedUser(db.reader, id) : enrolledSite(db.reader, id, 'approved');

/** Everything but the participants that the signatures depend on; a change of it makes them anew. */
const stateOf = (project: KitProject, rootCertificatePem: string): string =>
  JSON.stringify([project, rootCertificatePem]);

/** The kits that have been prepared, by what they rest on. */
class Prepared {
  #state = '';
  #names = new Set<string>();

  isNew(state: string, name: string): boolean {
    if (state !== this.#state) {
      this.#state = state;
      this.#names = new Set();
    }
    const known = this.#names.has(name);
    this.#names.add(name);
    return !known;
  }
}

const prepareAll = async (
  context: SigningContext,
  row: ProjectRow,
  prepared: Prepared,
  signal: AbortSignal,
): Promise<void> => {
  const project = await kitProject(context, row);
  const root = context.rootCa.root();
  const ca = {
    rootCertificatePem: root.certificatePem,
    sign: (content: Buffer) => signContent(root.privateKey, content),
  };
  const state = stateOf(project, root.certificatePem);
  for (const table of ['client', 'user'] as const) {
    for (const id of await idsWithoutKit(context.db.reader, table, MAX_AHEAD / 2)) {
      if (signal.aborted) {
        return;
      }
      if (!prepared.isNew(state, `${table}:${id}`)) {
        continue;
      }
      // Whoever cannot have a kit is told why at the download.
      await participantOf(context, table, id)
        .then((participant) => signAhead(project, participant, ca))
        .catch(() => undefined);
      await pause(BREATHER_MS, undefined, { ref: false });
    }
  }
};

/**
 * Signs, beside all requests, what the kits of approved participants will hold beside their credentials, since these
 * signatures take most of the time of a kit.
 *
 * @returns ends it
 */
export const signKitsAhead = (context: SigningContext): (() => Promise<void>) => {
  const ending = new AbortController();
  const { signal } = ending;
  const prepared = new Prepared();
  let seen = '';
  const guarded = logOnce(context.log, 'kits cannot be prepared now');
  const look = async (): Promise<void> => {
    const version = context.db.version?.();
    if (context.rootCa.state() !== 'open' || version === seen) {
      return;
    }
    const row = await readProject(context.db.reader);
    const state = version ?? `${row.frozen} ${await countWithoutKit(context.db.reader)}`;
    if (row.frozen !== 0 && state !== seen) {
      await prepareAll(context, row, prepared, signal);
    }
    seen = state;
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await pause(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
      await guarded(look);
    }
  };
  const running = run();
  return async () => {
    ending.abort();
    await running;
  };
};
