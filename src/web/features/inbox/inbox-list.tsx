import { useHotkeys } from '@mantine/hooks';
import { Fragment, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Subject } from '../approvals/subject.ts';
import { singleKeys } from '../palette/single-keys.ts';
import type { OrganizationRequests } from './by-organization.ts';
import { DenyDialog } from './deny-dialog.tsx';
import { GroupHead } from './group-head.tsx';
import { RequestRow } from './request-row.tsx';
import type { Request } from './requests.ts';
import { useInboxDecisions } from './use-inbox-decisions.tsx';

interface InboxListProps {
  /** The requests of this page, those of an organization together. */
  readonly requests: readonly Request[];
  readonly groups: readonly OrganizationRequests[];
  readonly onApproveAll: (requests: readonly Request[]) => void;
  /** Shown when nothing waits. */
  readonly children: ReactNode;
}

const isTyping = (target: EventTarget): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

const keyOf = (subject: Subject): string => `${subject.kind}-${subject.id}`;

/** The request that has the focus; its index stands in when it is gone, since rows above it vanish too. */
interface Place {
  readonly key: string;
  readonly index: number;
}

/**
 * The requests as a list with one focus: j and k move it, a approves, d denies, u undoes. The keys act only
 * while the focus is in the list.
 */
export const InboxList = ({ requests, groups, onApproveAll, children }: InboxListProps) => {
  const { t } = useTranslation();
  const rows = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState<Place>({ key: '', index: 0 });
  const [denying, setDenying] = useState<Request | undefined>(undefined);
  const { approve, deny, undoLast } = useInboxDecisions();
  const known = requests.findIndex((request) => keyOf(request) === at.key);
  const active = known >= 0 ? known : Math.min(at.index, requests.length - 1);

  const focusRow = (index: number) => {
    const within = Math.max(0, Math.min(index, requests.length - 1));
    rows.current?.querySelectorAll<HTMLElement>('[data-request]')[within]?.focus();
  };
  const headOf = (organization: string) => {
    const group = groups.find((one) => one.organization === organization);
    if (!group) {
      return null;
    }
    return (
      <GroupHead
        group={group}
        onApprove={() => {
          onApproveAll(group.requests);
        }}
      />
    );
  };
  // Who has just come to the page need not tab to the list first.
  useHotkeys([
    [
      'j',
      () => {
        const { activeElement: at } = document;
        if (singleKeys.act() && (at === document.body || at?.tagName === 'MAIN')) {
          focusRow(active);
        }
      },
    ],
  ]);
  // What an admin of the organization objects to is looked at once more.
  const approveOrAsk = (request: Request) => {
    if (request.objections.length > 0) {
      onApproveAll([request]);
    } else {
      approve(request);
    }
  };
  const focusNextAfter = (index: number) => {
    setTimeout(() => {
      focusRow(index + 1 < requests.length ? index + 1 : index - 1);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!singleKeys.act() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
      return;
    }
    const request = requests[active];
    const acts: Readonly<Record<string, () => void>> = {
      j: () => {
        focusRow(active + 1);
      },
      k: () => {
        focusRow(active - 1);
      },
      a: () => {
        if (!request) {
          return;
        }
        approveOrAsk(request);
        focusNextAfter(active);
      },
      d: () => {
        setDenying(request);
      },
      u: undoLast,
    };
    const act = acts[event.key];
    if (!act) {
      return;
    }
    event.preventDefault();
    act();
  };
  return (
    <div onKeyDown={onKeyDown} role="group" tabIndex={-1} aria-label={t('inbox.list')}>
      {requests.length === 0 ? (
        children
      ) : (
        <ul ref={rows} className="plain-list facts-list">
          {requests.map((request, index) => (
            <Fragment key={keyOf(request)}>
              {requests[index - 1]?.organization === request.organization ? null : (
                <li>{headOf(request.organization)}</li>
              )}
              <RequestRow
                request={request}
                active={index === active}
                onFocus={() => {
                  setAt({ key: keyOf(request), index });
                }}
                onApprove={() => {
                  approveOrAsk(request);
                  focusNextAfter(index);
                }}
                onDeny={() => {
                  setDenying(request);
                }}
              />
            </Fragment>
          ))}
        </ul>
      )}
      {denying ? (
        <DenyDialog
          request={denying}
          onClose={() => {
            setDenying(undefined);
          }}
          onDeny={(reason) => {
            deny(denying, reason);
            setDenying(undefined);
            focusNextAfter(active);
          }}
        />
      ) : null}
    </div>
  );
};
