import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { approvalOf } from '../../../contract/approval.ts';
import type { Decision, Site } from '../../api/views.ts';
import type { Subject } from './subject.ts';
import { MAX_LISTED } from './use-owned-sites.ts';

const GOAL = { approve: 'approved', deny: 'denied', pending: 'pending' } as const;

interface DecisionEffectsProps {
  readonly decision: Decision['decision'];
  readonly subjects: readonly Subject[];
  /** By the id of the user. */
  readonly owned: ReadonlyMap<number, readonly Site[]>;
}

/** Lists what a decision will do to each subject. */
export const DecisionEffects = ({ decision, subjects, owned }: DecisionEffectsProps) => {
  const { t } = useTranslation();
  const effectsOnUser = ({ id }: Subject): readonly string[] => {
    const sites = owned.get(id) ?? [];
    const approved = sites.filter((site) => approvalOf(site.approval_state) === 'approved').length;
    const others = sites.length - approved;
    if (decision === 'deny') {
      return [
        t('approvals.effect.denyUser'),
        ...(approved > 0 ? [t('approvals.effect.sitesStay', { count: approved })] : []),
      ];
    }
    return approved > 0
      ? [t('approvals.effect.sitesBlock', { count: approved })]
      : [
          t('approvals.effect.deleteUser'),
          ...(others > 0 ? [t('approvals.effect.sitesGo', { count: others })] : []),
        ];
  };
  const effectsOn = (subject: Subject): readonly string[] => {
    if (decision !== 'delete' && approvalOf(subject.state) === GOAL[decision]) {
      return [t('approvals.effect.same')];
    }
    return subject.kind === 'user' && (decision === 'delete' || decision === 'deny')
      ? effectsOnUser(subject)
      : [t(`approvals.effect.${decision}`)];
  };
  const left = subjects.length - MAX_LISTED;
  return (
    <>
      <ul className="decision-list" tabIndex={0} aria-label={t('approvals.preview')}>
        {subjects.slice(0, MAX_LISTED).map((subject) => (
          <li key={`${subject.kind}-${subject.id}`}>
            <strong>{subject.name}</strong> {effectsOn(subject).join('; ')}
          </li>
        ))}
      </ul>
      {left > 0 ? <Text size="sm">{t('approvals.more', { count: left })}</Text> : null}
    </>
  );
};
