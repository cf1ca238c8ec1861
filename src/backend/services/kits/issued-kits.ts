import type { KitParticipant, KitProject } from '../../../contract/kit.ts';
import { issuedContent, type IssuedForm } from '../../../kits/kit-content.ts';
import { keepIssuedKit, type IssuedKitRow } from '../../store/issued-kits.ts';
import type { Trx } from '../../store/database.ts';
import type { KitTarget } from './kit-participants.ts';

/** Tells whose kit was handed out, and from what it was made. */
export interface HandedOut {
  readonly target: KitTarget;
  /** Of the participant's own certificate. */
  readonly serial: string;
  readonly form: IssuedForm;
  readonly project: KitProject;
  readonly participant: KitParticipant;
}

const labelOf = (target: KitTarget): string => {
  switch (target.kind) {
    case 'server':
      return `server:${target.index}`;
    case 'overseer':
      return 'overseer';
    case 'client':
    case 'user':
      return `${target.kind}:${target.id}`;
  }
};

/** Returns the target that a stored label names. */
export const targetLabelled = (label: string): KitTarget => {
  const [kind = '', id = ''] = label.split(':');
  if (kind === 'client' || kind === 'user') {
    return { kind, id: Number(id) };
  }
  return kind === 'server' ? { kind, index: id === '2' ? 2 : 1 } : { kind: 'overseer' };
};

export const issuedKitRow = ({ target, serial, form, project, participant }: HandedOut): IssuedKitRow => ({
  serial,
  participant: labelOf(target),
  form,
  content: JSON.stringify(issuedContent(project, participant, form)),
});

/** Notes what a kit contains that is handed out. */
export const noteIssuedKit = (trx: Trx, kit: HandedOut): Promise<void> =>
  keepIssuedKit(trx, issuedKitRow(kit));
