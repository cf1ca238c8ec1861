import { z } from 'zod';
import type { Handler } from '../../handler.ts';
import { tableLines } from '../../output/table-lines.ts';
import { connect } from '../../remote/find-connection.ts';
import { decide, findAll, listSites, stateOf } from '../../remote/participants.ts';

const Raw = z.object({ pending: z.boolean().optional(), reason: z.string().optional() });

/** `dashboard sites list` */
export const list: Handler = async (flags, _words, { runtime, signal }) => {
  const { pending = false } = Raw.parse(flags);
  const sites = (await listSites(await connect(flags, runtime, signal))).filter(
    (site) => !pending || stateOf(site) === 'pending',
  );
  const rows = sites.map((site) => [
    site.name,
    site.type === 'relay' ? 'relay' : 'site',
    site.organization,
    stateOf(site),
  ]);
  return {
    data: { sites },
    lines: sites.length === 0 ? ['None.'] : tableLines([['NAME', 'TYPE', 'ORGANIZATION', 'STATE'], ...rows]),
  };
};

/** `dashboard sites approve` */
export const approve: Handler = async (flags, words, { runtime, signal }) => {
  const api = await connect(flags, runtime, signal);
  return decide(api, { decision: 'approve', sites: findAll(await listSites(api), words, 'site') });
};

/** `dashboard sites deny` */
export const deny: Handler = async (flags, words, { runtime, signal }) => {
  const { reason } = Raw.parse(flags);
  const api = await connect(flags, runtime, signal);
  return decide(api, { decision: 'deny', sites: findAll(await listSites(api), words, 'site'), reason });
};
