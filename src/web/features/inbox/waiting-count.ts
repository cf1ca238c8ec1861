import { useQuery } from '@tanstack/react-query';
import { inboxQuery, requestsQuery } from '../../api/queries.ts';
import { useSession } from '../session/session-context.ts';

/** Returns the number of requests that wait for the person's decision; 0 for everybody but project admins. */
export const useWaitingCount = (): number => {
  const { role, mustChangePassword } = useSession();
  const enabled = role === 'project_admin' && !mustChangePassword;
  const { data } = useQuery({ ...inboxQuery, enabled });
  const { data: requests = [] } = useQuery({ ...requestsQuery, enabled });
  const pending = requests.filter(({ state }) => state === 'pending').length;
  return (data ? data.total_users + data.total_clients : 0) + pending;
};
