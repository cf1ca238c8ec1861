import type { MailLanguage } from '../../../contract/languages.ts';
import { approvalOf } from '../../../contract/approval.ts';
import { derivedSecret, INVITATION } from '../../auth/bearer-secret.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { MailContent } from '../../mail/mail-content.ts';
import { MailEvent } from '../../mail/mail-event.ts';
import { MAIL_TEXTS, storedLanguage } from '../../mail/mail-texts.ts';
import { projectTitle } from '../../mail/project-title.ts';
import { renderMail } from '../../mail/render-mail.ts';
import type { Mail } from '../../mail/send-mail.ts';
import type { Trx } from '../../store/database.ts';
import { invitationById } from '../../store/invitations.ts';
import { countPendingIn } from '../../store/pending-counts.ts';
import { readProject } from '../../store/project.ts';
import type { OutboxRow, ProjectRow } from '../../store/schema.ts';
import { fromTimestamp } from '../../store/timestamp.ts';
import { userByEmail, type UserRow } from '../../store/users.ts';
import { generateLink, linkAddress } from './links.ts';

const MINUTE_MS = 60_000;
const RESET_MINUTES = 30;
const CONFIRM_DAYS = 7;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Describes what e-mails are written with. */
export type Composer = Pick<ServiceContext, 'rootCa' | 'config' | 'now' | 'tokenKey'>;

interface Writing {
  readonly context: Composer;
  readonly trx: Trx;
  readonly project: ProjectRow;
  /** Ends with a slash. */
  readonly url: string;
  /** The account with the recipient's address. */
  readonly user: UserRow | undefined;
}

interface Written {
  readonly content: MailContent;
  readonly language: MailLanguage;
}

type EventOf<N extends MailEvent['event']> = Extract<MailEvent, { readonly event: N }>;

const writeInvitation = async (
  { context, trx, project, url }: Writing,
  { invitation, nonce, language }: EventOf<'invitation'>,
): Promise<Written | undefined> => {
  const row = await invitationById(trx, invitation);
  const { text, hash } = INVITATION.generate(
    invitation,
    derivedSecret(context.tokenKey, 'invitation', invitation, nonce),
  );
  // Accepted, revoked or renewed meanwhile.
  if (row?.secret_sha256 !== hash || row.uses_left === 0) {
    return undefined;
  }
  const until = fromTimestamp(row.expires_at);
  if (until <= context.now()) {
    return undefined;
  }
  const content = MAIL_TEXTS[language].invitation({
    project: projectTitle(project),
    url: `${url}sign-up#invitation=${text}`,
    inviter: row.invited_by,
    organization: row.organization,
    role: row.role,
    until,
  });
  return { content, language };
};

/** E-mails to somebody with an account, in the account's language. */
const writeToUser = async (
  { context, trx, project, url }: Writing,
  user: UserRow,
  event: Exclude<MailEvent, EventOf<'invitation'>>,
): Promise<MailContent | undefined> => {
  const texts = MAIL_TEXTS[storedLanguage(user.language)];
  const common = { project: projectTitle(project), url };
  const now = context.now();
  const isApproved = approvalOf(user.approval_state) === 'approved';
  switch (event.event) {
    case 'request_waiting': {
      const count = (await countPendingIn(trx, 'user')) + (await countPendingIn(trx, 'client'));
      const address = user.role === 'project_admin' ? `${url}inbox` : url;
      return count === 0 ? undefined : texts.request_waiting({ ...common, ...event, url: address, count });
    }
    case 'decision': {
      const hasKits =
        project.frozen !== 0 && isApproved && event.decided.some(({ decision }) => decision === 'approved');
      return texts.decision({ ...common, ...event, hasKits, url: hasKits ? `${url}downloads` : url });
    }
    case 'request_question':
      return isApproved ? undefined : texts.request_question({ ...common, ...event });
    case 'request_message': {
      const writer = await userByEmail(trx, event.name);
      return writer === undefined
        ? undefined
        : texts.request_message({ ...common, ...event, url: `${url}users/${writer.id}` });
    }
    case 'kit_ready':
      return isApproved ? texts.kit_ready({ ...common, url: `${url}downloads` }) : undefined;
    case 'certificate_expires':
      return texts.certificate_expires({
        ...common,
        url: `${url}downloads`,
        name: event.name,
        on: new Date(event.on),
      });
    case 'sealed':
      return context.rootCa.sealed() ? texts.sealed({ ...common, since: new Date(event.since) }) : undefined;
    case 'password_reset': {
      if (approvalOf(user.approval_state) === 'denied') {
        return undefined;
      }
      const link = await generateLink(trx, user, 'password', { now, ttlMs: RESET_MINUTES * MINUTE_MS });
      const address = linkAddress(url, 'password', link);
      return texts.password_reset({ ...common, url: address, minutes: RESET_MINUTES });
    }
    case 'email_confirmation': {
      if (user.email_confirmed_at !== '') {
        return undefined;
      }
      const link = await generateLink(trx, user, 'email', { now, ttlMs: CONFIRM_DAYS * DAY_MS });
      return texts.email_confirmation({
        ...common,
        url: linkAddress(url, 'email', link),
        days: CONFIRM_DAYS,
      });
    }
    case 'new_login':
      return texts.new_login({ ...common, ...event, url: `${url}me`, at: new Date(event.at) });
  }
};

const write = async (writing: Writing, event: MailEvent): Promise<Written | undefined> => {
  if (event.event === 'invitation') {
    return writeInvitation(writing, event);
  }
  const { user } = writing;
  const content = user === undefined ? undefined : await writeToUser(writing, user, event);
  return user === undefined || content === undefined
    ? undefined
    : { content, language: storedLanguage(user.language) };
};

/**
 * Writes an e-mail of the outbox as things are now.
 *
 * @returns undefined when it is not worth sending any more, such as to somebody without an account
 */
export const composeMail = async (
  context: Composer,
  trx: Trx,
  row: Pick<OutboxRow, 'id' | 'recipient' | 'payload'>,
): Promise<Mail | undefined> => {
  const url = context.config.mail?.publicUrl ?? '';
  const project = await readProject(trx);
  const user = await userByEmail(trx, row.recipient);
  const written = await write({ context, trx, project, url, user }, MailEvent.parse(JSON.parse(row.payload)));
  if (written === undefined) {
    return undefined;
  }
  const { content, language } = written;
  const footer = MAIL_TEXTS[language].footer({ project: projectTitle(project), url });
  const to = user?.email ?? row.recipient;
  return { id: row.id, to, ...renderMail(content, footer, language) };
};

/** Writes an e-mail that shows whether e-mails arrive. */
export const composeTest = (
  publicUrl: string,
  project: ProjectRow,
  { id, to, language }: { readonly id: string; readonly to: string; readonly language: MailLanguage },
): Mail => {
  const common = { project: projectTitle(project), url: publicUrl };
  const texts = MAIL_TEXTS[language];
  return { id, to, ...renderMail(texts.test(common), texts.footer(common), language) };
};
