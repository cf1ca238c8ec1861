import { encodeSecretFrame } from '../../../contract/secret-frame.ts';
import { isUp, type ContainerState, type Engine } from '../../../engine/engine.ts';
import { LABELS } from '../../../engine/spec.ts';
import type { Predecessor } from '../predecessor.ts';

/** Name of a container that waits stopped until its successor works. */
export const predecessorName = (name: string): string => `${name}-previous`;

/** Removes a container that a restart which was killed left behind. */
export const removeForgotten = async (engine: Engine, name: string, signal: AbortSignal): Promise<void> => {
  const state = await engine.inspectContainer(name, signal);
  if (state?.managed === true && !isUp(state)) {
    await engine.removeContainer(state.id, signal);
  }
};

/**
 * The container that a restart replaces: stopped under another name until its successor works.
 *
 * @param probe true when it responds
 */
export const containerPredecessor = (
  engine: Engine,
  state: ContainerState,
  options: {
    readonly timeoutSeconds: number;
    readonly signal: AbortSignal;
    readonly probe: (signal: AbortSignal) => Promise<boolean>;
  },
): Predecessor => {
  const { id, name } = state;
  const { timeoutSeconds, signal, probe } = options;
  return {
    stepAside: async () => {
      await removeForgotten(engine, predecessorName(name), signal);
      await engine.stopContainer(id, timeoutSeconds, signal);
      await engine.renameContainer(id, predecessorName(name), signal);
    },
    // Without the signal: an interrupted restart, too, brings it back.
    comeBack: async (secrets) => {
      const found = await engine.inspectContainer(id);
      if (found !== undefined && found.name !== name) {
        await engine.renameContainer(id, name);
      }
      const frame = state.labels[LABELS.image] === undefined ? undefined : encodeSecretFrame(secrets);
      await engine.startContainer(id, frame);
      await engine.waitUntilReady(id, { probe, timeoutSeconds });
    },
    dismiss: () => engine.removeContainer(id),
  };
};
