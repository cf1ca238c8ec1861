import type { Decided } from './mail-event.ts';

/** Parts of an e-mail, all plain text. */
export interface MailContent {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** Texts by people, shown as quotations. */
  readonly quotes?: readonly string[];
  readonly link?: { readonly label: string; readonly url: string };
  /** Below the link. */
  readonly notes?: readonly string[];
}

interface Common {
  /** Title of the project. */
  readonly project: string;
  readonly url: string;
}

/** The words of all e-mails in one language. */
export interface MailTexts {
  readonly invitation: (
    values: Common & {
      readonly inviter: string;
      readonly organization: string;
      readonly role: string;
      readonly until: Date;
    },
  ) => MailContent;
  readonly request_waiting: (
    values: Common & { readonly name: string; readonly organization: string; readonly count: number },
  ) => MailContent;
  readonly decision: (
    values: Common & { readonly decided: readonly Decided[]; readonly hasKits: boolean },
  ) => MailContent;
  readonly request_question: (values: Common & { readonly text: string }) => MailContent;
  readonly request_message: (
    values: Common & { readonly name: string; readonly text: string; readonly again: boolean },
  ) => MailContent;
  readonly kit_ready: (values: Common) => MailContent;
  readonly certificate_expires: (
    values: Common & { readonly name: string; readonly on: Date },
  ) => MailContent;
  readonly sealed: (values: Common & { readonly since: Date }) => MailContent;
  readonly password_reset: (values: Common & { readonly minutes: number }) => MailContent;
  readonly email_confirmation: (values: Common & { readonly days: number }) => MailContent;
  readonly new_login: (
    values: Common & { readonly at: Date; readonly address: string; readonly agent: string },
  ) => MailContent;
  readonly test: (values: Common) => MailContent;
  /** Last lines of every e-mail. */
  readonly footer: (values: Common) => string;
}

export const dayOf = (language: string, date: Date): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(date);

export const momentOf = (language: string, date: Date): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' }).format(date);
