import { useParams } from 'react-router';
import { OrganizationView } from '../features/organizations/organization-view.tsx';

export const OrganizationPage = () => {
  const { name = '' } = useParams();
  return <OrganizationView key={name} name={name} />;
};
