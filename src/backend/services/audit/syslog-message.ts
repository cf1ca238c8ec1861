import type { AuditHead } from '../../../contract/audit-head.ts';
import { auditHeadText } from '../../../contract/audit-head.ts';
import type { StoredAudit } from '../../store/schema.ts';

/** "log audit" of RFC 5424, table 1. */
const FACILITY = 13;
const SEVERITY = { warning: 4, notice: 5 } as const;
const APP_NAME = 'nvflare-dashboard';
/** Receivers should take 8,192 bytes (RFC 5425, 4.3.1). */
const MAX_BYTES = 8000;
const MAX_MSGID = 32;
/** Of the meta element (RFC 5424, 7.3.1). */
const MAX_SEQUENCE = 2_147_483_647;

/** Describes what every message says of its sender. */
export interface SyslogOrigin {
  readonly hostname: string;
  readonly pid: number;
}

/** JSON in ASCII, which needs no byte order mark before it (RFC 5424, 6.4). */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** A header field: printable ASCII without spaces, `-` for nothing. */
const field = (text: string, length: number): string => text.replace(/[^!-~]/g, '?').slice(0, length) || '-';

const framed = (
  origin: SyslogOrigin,
  message: {
    readonly severity: keyof typeof SEVERITY;
    readonly at: string;
    readonly id: string;
    readonly sequence: number;
    readonly content: string;
  },
): string => {
  const priority = FACILITY * 8 + SEVERITY[message.severity];
  const sequence = ((message.sequence - 1) % MAX_SEQUENCE) + 1;
  const header = `<${priority}>1 ${message.at} ${field(origin.hostname, 255)} ${APP_NAME} ${origin.pid}`;
  const data = `[meta sequenceId="${Math.max(1, sequence)}"]`;
  const text = `${header} ${field(message.id, MAX_MSGID)} ${data} ${message.content}`;
  // Octet counting (RFC 6587, 3.4.1); all of it is ASCII.
  return `${text.length} ${text}`;
};

/** Writes a row as a message of RFC 5424 with its length before it; the detail is left out where it is too long. */
export const rowMessage = (origin: SyslogOrigin, row: StoredAudit): string => {
  const { detail, ...rest } = row;
  const content: unknown = JSON.parse(detail);
  const whole = asciiJson({ ...rest, detail: content });
  const message = (text: string): string =>
    framed(origin, {
      severity: row.action.endsWith('.refuse') ? 'warning' : 'notice',
      at: row.at,
      id: row.action,
      sequence: row.id,
      content: text,
    });
  return whole.length <= MAX_BYTES ? message(whole) : message(asciiJson({ ...rest, detail_omitted: true }));
};

/** Writes where the log ends. */
export const headMessage = (origin: SyslogOrigin, head: AuditHead, at: Date): string =>
  framed(origin, {
    severity: 'notice',
    at: at.toISOString(),
    id: 'audit.head',
    sequence: head.sequence,
    content: asciiJson({ head: auditHeadText(head) }),
  });
