import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { projectQuery, userQuery } from '../api/queries.ts';
import { Numbered } from '../features/details/numbered.tsx';
import { UserView } from '../features/users/user-view.tsx';
import { Loaded } from '../ui/errors/loaded.tsx';
import { PageHead } from '../ui/page-head.tsx';

const OneUser = ({ id }: { readonly id: number }) => {
  const { t } = useTranslation();
  const user = useQuery(userQuery(id));
  const project = useQuery(projectQuery);
  return (
    <>
      {user.data ? null : <PageHead title={t('inbox.user')} />}
      <Loaded query={user} lines={8}>
        {(found) => (
          <Loaded query={project}>{(settings) => <UserView user={found} project={settings} />}</Loaded>
        )}
      </Loaded>
    </>
  );
};

export const UserPage = () => <Numbered>{(id) => <OneUser key={id} id={id} />}</Numbered>;
