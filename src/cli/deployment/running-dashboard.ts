import type { ContainerState, Engine } from '../../engine/engine.ts';
import type { LocalState } from './process/local-state.ts';

/** The dashboard that a command is about, as it was found. */
export type Running =
  | { readonly kind: 'process'; readonly folder: string; readonly port: number; readonly state: LocalState }
  | {
      readonly kind: 'container';
      readonly folder: string | undefined;
      readonly port: number;
      readonly state: ContainerState;
      readonly engine: Engine;
    };
