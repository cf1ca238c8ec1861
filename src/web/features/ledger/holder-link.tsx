import type { LedgerEntry } from '../../api/views.ts';
import { TextLink } from '../../ui/link.tsx';

/** The name in a certificate, as a link to the site or user who holds it. */
export const HolderLink = ({ entry }: { readonly entry: LedgerEntry }) => {
  const { holder, common_name: name } = entry;
  if (holder === undefined) {
    return name;
  }
  return <TextLink to={`/${holder.kind === 'client' ? 'sites' : 'users'}/${holder.id}`}>{name}</TextLink>;
};
