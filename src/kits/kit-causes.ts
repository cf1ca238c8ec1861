import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { KitParticipant, KitProject } from '../contract/kit.ts';
import { OUTDATED_CAUSES, type OutdatedCause } from '../contract/outdated-kit.ts';
import { clientProps, relayProps } from './props/merge.ts';
import { settingsOf } from './settings.ts';

/** Digests of what a kit is made from, by topic; a topic that its kind of kit does not depend on is missing. */
export const KitCauses = z.partialRecord(z.enum(OUTDATED_CAUSES), z.string());
export type KitCauses = z.infer<typeof KitCauses>;

const DIGEST_LENGTH = 22;

const digestOf = (values: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, DIGEST_LENGTH);

/** Returns how a participant stands in the tree of relays and sites, as far as its kit depends on it. */
const placeOf = (whole: KitProject, participant: KitParticipant): readonly unknown[] => {
  const project = { ...whole, authIdentityMap: {} };
  switch (participant.kind) {
    case 'server':
      return [settingsOf(project).hierarchy.authIdentityMap()];
    case 'client': {
      const { kind, name, props } = participant;
      const { hierarchy } = settingsOf(project, { kind, name, props });
      const above = hierarchy.relayAbove(clientProps(project, props).connect_to?.name);
      return [hierarchy.fqsnOf(name), hierarchy.isParent(name), above ?? null, hierarchy.authIdentityMap()];
    }
    case 'relay': {
      const { kind, name, props: stored } = participant;
      const { hierarchy } = settingsOf(project, { kind, name, props: stored });
      const props = relayProps(project, stored);
      const above = hierarchy.relayAbove(props.connect_to?.name);
      const fqcn = above === undefined ? name : `${above.fqcn}.${name}`;
      return [above ?? null, hierarchy.authIdentityMap({ name, props, fqcn })];
    }
    case 'overseer':
    case 'admin':
      return [];
  }
};

/** Returns digests of everything that a participant's kit is made from. */
export const causesOf = (project: KitProject, participant: KitParticipant): KitCauses => {
  const { kind } = participant;
  return {
    release: digestOf([project.targetRelease]),
    servers: digestOf([
      project.haMode,
      project.server1,
      project.server2,
      project.overseer,
      project.serverProps,
    ]),
    settings: digestOf([
      project.projectProps,
      project.appLocation,
      project.requireSignedJobs ?? null,
      project.jemalloc,
    ]),
    properties_file: digestOf([project.fileProps]),
    ...(kind === 'server' ? { organization: digestOf([project.organization]) } : {}),
    ...(kind === 'server' || kind === 'admin' ? { studies: digestOf([project.studies ?? null]) } : {}),
    ...(kind === 'admin' || kind === 'overseer'
      ? {}
      : {
          identities: digestOf([project.authIdentityMap]),
          hierarchy: digestOf(placeOf(project, participant)),
        }),
    participant: digestOf([participant]),
  };
};

/**
 * Returns why a kit is not what it would be now. Where nothing that it is made from has changed, the dashboard has: it
 * makes other kits since an update.
 */
export const changedCauses = (before: KitCauses, after: KitCauses): readonly OutdatedCause[] => {
  const changed = OUTDATED_CAUSES.filter((cause) => before[cause] !== after[cause]);
  return changed.length === 0 ? ['dashboard'] : changed;
};
