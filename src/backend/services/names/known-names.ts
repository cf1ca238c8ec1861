import type { Reader, Trx } from '../../store/database.ts';
import { holdersOf, sitesWithListeners, type NameHolder } from '../../store/issued-names.ts';
import { readProject } from '../../store/project.ts';
import { propsOf } from '../../store/stored-json.ts';
import { participantsNamed, type NamedParticipant } from '../../store/taken-names.ts';
import { listeningNamesOf, serverNamesOf } from './claimed-names.ts';
import { normalizeName } from './normalize-name.ts';

/** A site whose listener has the name. */
interface ListeningSite {
  readonly id: number;
  readonly organization: string;
}

/** Who has the names that a request asks for; all keys are normalized. */
export interface KnownNames {
  /** Names of the FL servers and the overseer. */
  readonly server: ReadonlySet<string>;
  readonly participants: (key: string) => readonly NamedParticipant[];
  readonly listeners: (key: string) => readonly ListeningSite[];
  /** Holders of certificates of the ledger. */
  readonly holders: (key: string) => readonly NameHolder[];
}

const byKey = <T>(entries: readonly (readonly [string, T])[]): ((key: string) => readonly T[]) => {
  const groups = new Map<string, T[]>();
  for (const [key, value] of entries) {
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [value]);
    } else {
      group.push(value);
    }
  }
  return (key) => groups.get(key) ?? [];
};

const serverNames = async (db: Reader | Trx): Promise<ReadonlySet<string>> => {
  const { server1, server2, overseer, server_props } = await readProject(db);
  const names = [server1, server2, overseer, ...serverNamesOf(propsOf(server_props))];
  return new Set(names.filter((name) => name !== '').map(normalizeName));
};

/** Reads, once for all of them, who has the names. @param keys normalized names */
export const readKnownNames = async (db: Reader | Trx, keys: readonly string[]): Promise<KnownNames> => ({
  server: await serverNames(db),
  participants: byKey((await participantsNamed(db, keys)).map((each) => [each.name, each] as const)),
  listeners: byKey(
    (await sitesWithListeners(db)).flatMap((site) =>
      listeningNamesOf(propsOf(site.props)).map((name) => [normalizeName(name), site] as const),
    ),
  ),
  holders: byKey((await holdersOf(db, keys)).map((each) => [each.name, each] as const)),
});
