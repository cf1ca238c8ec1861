import type { KitParticipant, KitProject, Peer } from '../contract/kit.ts';
import type { KitPlan } from './kit-file.ts';
import { planAdmin } from './participants/admin.ts';
import { planClient } from './participants/client.ts';
import { planOverseer } from './participants/overseer.ts';
import { planRelay } from './participants/relay.ts';
import { planServer } from './participants/server.ts';
import { settingsOf } from './settings.ts';

const peerOf = (participant: KitParticipant): Peer | undefined =>
  participant.kind === 'client' || participant.kind === 'relay'
    ? { kind: participant.kind, name: participant.name, props: participant.props }
    : undefined;

/**
 * Plans the contents of a participant's kit without generating a key.
 *
 * @throws KitError for what the project lacks or has wrong
 */
export const planKit = (project: KitProject, participant: KitParticipant): KitPlan => {
  const settings = settingsOf(project, peerOf(participant));
  switch (participant.kind) {
    case 'server':
      return planServer(settings, participant.index);
    case 'overseer':
      return planOverseer(settings);
    case 'client':
      return planClient(project, settings, participant);
    case 'relay':
      return planRelay(project, settings, participant);
    case 'admin':
      return planAdmin(project, settings, participant);
  }
};
