import { useTranslation } from 'react-i18next';
import { approvalOf } from '../../../contract/approval.ts';
import { ANONYMOUS } from '../../../contract/audit-actors.ts';
import { isRole } from '../../../contract/roles.ts';
import type { AuditEntry } from '../../api/views.ts';
import { isEvent } from './events.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const isPair = (value: unknown): value is readonly [unknown, unknown] =>
  Array.isArray(value) && value.length === 2;

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
      case 'reason':
        return t('audit.reason');
      default:
        return key.replaceAll('_', ' ');
    }
  };
  const sentence = ({ actor, action, target }: AuditEntry): string => {
    const name = nameIn(target);
    const known = actor === ANONYMOUS ? '' : actor;
    const who = known || (action.startsWith('session.') ? name : t('audit.nobody'));
    return isEvent(action) ? t(`audit.events.${action}`, { who, name }) : `${who}: ${action} ${name}`;
  };
  const changes = ({ detail }: AuditEntry): readonly string[] =>
    Object.entries(detail)
      .filter(([key, value]) => key !== 'id' && textOf(value) !== '[]' && textOf(value) !== '')
      .map(([key, value]) => {
        if (key === 'changed' || key === 'fields') {
          const fields = Array.isArray(value) ? value.map((field) => named(textOf(field))) : [textOf(value)];
          return t('audit.changed', { fields: fields.join(', ') });
        }
        const text = isPair(value)
          ? t('roleChange.from', { before: shown(key, value[0]), after: shown(key, value[1]) })
          : shown(key, value);
        return `${named(key)}: ${text}`;
      });
  return { sentence, changes };
};
