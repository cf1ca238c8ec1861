import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '../api/queries.ts';
import { Loaded } from '../ui/errors/loaded.tsx';
import { FixedValues } from '../features/freeze/fixed-values.tsx';
import { FreezeForm } from '../features/freeze/freeze-form.tsx';
import { FrozenCard } from '../features/freeze/frozen-card.tsx';
import { PageHead } from '../ui/page-head.tsx';

export const FreezePage = () => {
  const { t } = useTranslation();
  const project = useQuery(projectQuery);
  const frozen = project.data?.frozen ?? false;
  return (
    <>
      {frozen ? (
        <PageHead title={t('freezeMore.title')} lead={t('freezeMore.lead')} />
      ) : (
        <PageHead title={t('freeze.title')} lead={t('freeze.lead')} />
      )}
      <Loaded query={project} lines={8}>
        {(found) =>
          found.frozen ? (
            <>
              <FrozenCard />
              <FixedValues project={found} />
            </>
          ) : (
            <FreezeForm project={found} />
          )
        }
      </Loaded>
    </>
  );
};
