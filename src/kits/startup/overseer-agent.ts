import type { KitSettings, ServerAddress } from '../settings.ts';

const DUMMY = 'nvflare.ha.dummy_overseer_agent.DummyOverseerAgent';
const HTTP = 'nvflare.ha.overseer_agent.HttpOverseerAgent';

/** Who connects to the overseer: a server announces its ports, the others only their name. */
export type AgentOwner =
  | { readonly role: 'server'; readonly place: ServerAddress }
  | { readonly role: 'client' | 'admin'; readonly name: string };

/**
 * Returns the component by which participants of 2.7 and earlier find the active server: through the overseer in HA
 * mode, else a fixed address (docs/startup-kit-format.md#overseer-agent).
 */
export const overseerAgent = (settings: KitSettings, owner: AgentOwner): object => {
  const { highAvailability, server } = settings;
  if (highAvailability === undefined) {
    const { host, flPort, adminPort } = server;
    return { path: DUMMY, args: { sp_end_point: `${host}:${flPort}:${adminPort}` } };
  }
  const common = {
    role: owner.role,
    overseer_end_point: `https://${highAvailability.overseer}:${highAvailability.overseerPort}/api/v1`,
    project: settings.project,
  };
  if (owner.role !== 'server') {
    return { path: HTTP, args: { ...common, name: owner.name } };
  }
  const { name, flPort, adminPort } = owner.place;
  return {
    path: HTTP,
    args: { ...common, name, fl_port: String(flPort), admin_port: String(adminPort) },
  };
};
