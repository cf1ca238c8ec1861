import { Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { approvalOf } from '../../../contract/approval.ts';
import { ownedSitesQuery } from '../../api/queries.ts';
import type { Decision } from '../../api/views.ts';
import type { Subject } from './subject.ts';

/** Longer lists are not read. */
const MAX_LISTED = 20;
const GOAL = { approve: 'approved', deny: 'denied', pending: 'pending' } as const;

interface DecisionEffectsProps {
  readonly decision: Decision['decision'];
  readonly subjects: readonly Subject[];
}

/** Lists what a decision will do to each subject. */
export const DecisionEffects = ({ decision, subjects }: DecisionEffectsProps) => {
  const { t } = useTranslation();
  const listed = subjects.slice(0, MAX_LISTED);
  const owners = decision === 'delete' ? listed.filter(({ kind }) => kind === 'user') : [];
  const owned = useQueries({
    queries: owners.map(({ id }) => ownedSitesQuery(id)),
    combine: (results) => new Map(owners.map(({ id }, at) => [id, results[at]?.data?.length ?? 0])),
  });
  const effectOn = (subject: Subject): string => {
    if (decision === 'delete') {
      const sites = subject.kind === 'user' ? (owned.get(subject.id) ?? 0) : 0;
      return sites > 0 ? t('approvals.effect.userSites', { count: sites }) : t('approvals.effect.delete');
    }
    return approvalOf(subject.state) === GOAL[decision]
      ? t('approvals.effect.same')
      : t(`approvals.effect.${decision}`);
  };
  const left = subjects.length - MAX_LISTED;
  return (
    <>
      <ul className="decision-list" tabIndex={0} aria-label={t('approvals.preview')}>
        {listed.map((subject) => (
          <li key={`${subject.kind}-${subject.id}`}>
            <strong>{subject.name}</strong> {effectOn(subject)}
          </li>
        ))}
      </ul>
      {left > 0 ? <Text size="sm">{t('approvals.more', { count: left })}</Text> : null}
    </>
  );
};
