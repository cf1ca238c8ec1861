import type { Language } from '../../contract/languages.ts';
import type { MailContent } from './mail-content.ts';
import type { Mail } from './send-mail.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const lines = (text: string): string => escaped(text).replace(/\r?\n/g, '<br>');

const plainText = ({ paragraphs, quotes = [], link, notes = [] }: MailContent, footer: string): string =>
  [
    ...paragraphs,
    ...quotes.map((quote) => quote.replace(/^/gm, '> ')),
    ...(link === undefined ? [] : [`${link.label}:\n${link.url}`]),
    ...notes,
    `-- \n${footer}`,
  ].join('\n\n');

const htmlText = (content: MailContent, footer: string, language: Language): string => {
  const { subject, paragraphs, quotes = [], link, notes = [] } = content;
  const paragraph = (text: string) => `<p>${lines(text)}</p>`;
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>`,
    '<body style="font-family:sans-serif;font-size:16px;line-height:1.5;color:#1a1a1a;max-width:36em">',
    ...paragraphs.map(paragraph),
    ...quotes.map(
      (quote) =>
        `<blockquote style="margin:1em 0;padding-left:1em;border-left:3px solid #888">${lines(quote)}</blockquote>`,
    ),
    ...(link === undefined ? [] : [`<p><a href="${escaped(link.url)}">${escaped(link.label)}</a></p>`]),
    ...notes.map(paragraph),
    `<p style="color:#555;font-size:14px">${lines(footer)}</p>`,
    '</body></html>\n',
  ].join('\n');
};

/** Puts an e-mail together, as plain text and as HTML; whatever people wrote stays text in both. */
export const renderMail = (
  content: MailContent,
  footer: string,
  language: Language,
): Pick<Mail, 'subject' | 'text' | 'html'> => ({
  subject: content.subject,
  text: `${plainText(content, footer)}\n`,
  html: htmlText(content, footer, language),
});
