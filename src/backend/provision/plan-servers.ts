import { HostName } from '../../contract/names.ts';
import type { Props } from '../../contract/kit.ts';
import type { TargetRelease } from '../../contract/releases.ts';
import type { NotTaken } from './import-plan.ts';
import { shown, unusable, without, type Mapping } from './project-document.ts';
import { takeProps } from './take-props.ts';

/** The server side of a project. */
export interface PlannedServers {
  readonly server1: string;
  readonly server2: string;
  readonly overseer: string;
  readonly serverProps: Props;
  readonly overseerPort: unknown;
}

const PORT_STEP = 100;
const PORTS = ['fed_learn_port', 'admin_port'] as const;

const nameOf = (server: Mapping | undefined): string => shown(server?.['name'] ?? '');

const reportSecondServer = (first: Mapping, second: Mapping, notTaken: NotTaken): void => {
  for (const [key, value] of Object.entries(second)) {
    if (['name', 'type', 'org'].includes(key)) {
      continue;
    }
    const isPort = PORTS.some((port) => port === key);
    if (isPort && Number(value) === Number(first[key]) + PORT_STEP) {
      continue;
    }
    const what = isPort
      ? `${key} ${shown(value)} is not ${PORT_STEP} above the first server's`
      : `${key} is taken from the first server only`;
    notTaken.add(`server ${nameOf(second)}`, what);
  }
};

/**
 * Returns the servers and the overseer of a project.
 *
 * @param releaseOf the release for a project with or without an overseer
 * @throws StartError without a server that can be named in certificates
 */
export const planServers = (
  participants: readonly Mapping[],
  releaseOf: (highAvailability: boolean) => TargetRelease,
  notTaken: NotTaken,
): PlannedServers => {
  const [first, second, ...more] = participants.filter(({ type }) => type === 'server');
  const [overseer] = participants.filter(({ type }) => type === 'overseer');
  if (first === undefined) {
    throw unusable('it has no server');
  }
  const named = HostName.safeParse(first['name']);
  if (!named.success) {
    throw unusable(`the server "${nameOf(first)}" ${named.error.issues[0]?.message ?? 'is not named'}`);
  }
  const pair = second !== undefined && overseer !== undefined;
  const left = pair ? more : second === undefined ? more : [second, ...more];
  for (const each of left) {
    notTaken.add(`server ${nameOf(each)}`, 'a further server needs an overseer, and there are two at most');
  }
  if (!pair && overseer !== undefined) {
    notTaken.add(`overseer ${nameOf(overseer)}`, 'there is no second server');
  }
  if (pair) {
    reportSecondServer(first, second, notTaken);
  }
  return {
    server1: named.data,
    server2: pair ? nameOf(second) : '',
    overseer: pair ? nameOf(overseer) : '',
    overseerPort: pair ? overseer['port'] : undefined,
    serverProps: takeProps('server', without(first, 'name', 'type', 'org'), {
      where: `server ${named.data}`,
      release: releaseOf(pair),
      notTaken,
    }),
  };
};
