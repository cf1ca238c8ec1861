import { useTranslation } from 'react-i18next';
import { approvalOf } from '../../../contract/approval.ts';
import { ANONYMOUS } from '../../../contract/audit-actors.ts';
import { isRole } from '../../../contract/roles.ts';
import type { AuditEntry } from '../../api/views.ts';
import { isEvent } from './events.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const isPair = (value: unknown): value is readonly [unknown, unknown] =>
  Array.isArray(value) && value.length === 2;

/** Details that list names; all other pairs are a value before and after. */
const LISTS: ReadonlySet<string> = new Set(['sites', 'serials', 'scopes', 'emails']);

/** Where the page shows the data that an operation of the API reads. */
const READ_ON: Readonly<Record<string, 'users' | 'inbox' | 'certificates' | 'audit'>> = {
  'users.list': 'users',
  'users.read': 'users',
  'invitations.list': 'users',
  'inbox.read': 'inbox',
  'kits.list': 'certificates',
  'audit.read': 'audit',
};

const nameIn = (target: string): string => target.replace(/^[a-z]+:/, '');

/** Says in the page's language what a record of the audit tells: a sentence, and each change it made. */
export const useEventText = () => {
  const { t } = useTranslation();
  const shown = (key: string, value: unknown): string => {
    const text = textOf(value);
    if (key === 'role') {
      return isRole(text) ? t(`roles.${text}`) : t('roles.unset');
    }
    if (key === 'approval_state' && typeof value === 'number') {
      return t(`states.${approvalOf(value)}`);
    }
    return text === '' ? t('table.empty') : text;
  };
  const named = (key: string): string => {
    switch (key) {
      case 'role':
        return t('columns.role');
      case 'organization':
        return t('columns.organization');
      case 'approval_state':
        return t('columns.approval');
      case 'name':
        return t('columns.name');
      case 'serial':
        return t('certificates.serial');
      case 'sites':
        return t('nav.sites');
      case 'reason':
      case 'approval_reason':
        return t('audit.reason');
      default:
        return key.replaceAll('_', ' ');
    }
  };
  const sentence = ({ actor, action, target }: AuditEntry): string => {
    const page = action === 'data.read' ? READ_ON[target] : undefined;
    const name = page === undefined ? nameIn(target) : t(`nav.${page}`);
    const known = actor === ANONYMOUS ? '' : actor;
    const who = known || (action.startsWith('session.') ? name : t('audit.nobody'));
    return isEvent(action) ? t(`audit.events.${action}`, { who, name }) : `${who}: ${action} ${name}`;
  };
  const changes = ({ detail }: AuditEntry): readonly string[] =>
    Object.entries(detail)
      .filter(
        ([key, value]) => key !== 'id' && key !== 'path' && textOf(value) !== '[]' && textOf(value) !== '',
      )
      .map(([key, value]) => {
        if (key === 'changed' || key === 'fields') {
          const fields = Array.isArray(value) ? value.map((field) => named(textOf(field))) : [textOf(value)];
          return t('audit.changed', { fields: fields.join(', ') });
        }
        if (LISTS.has(key) && Array.isArray(value)) {
          return `${named(key)}: ${value.map(textOf).join(', ')}`;
        }
        const text = isPair(value)
          ? t('roleChange.from', { before: shown(key, value[0]), after: shown(key, value[1]) })
          : shown(key, value);
        return `${named(key)}: ${text}`;
      });
  return { sentence, changes };
};
