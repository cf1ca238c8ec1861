import type { MailLanguage } from '../../contract/languages.ts';
import type { WebhookFormat } from '../../contract/webhooks.ts';
import type { WebhookEvent } from './webhook-event.ts';
import { eventText } from './webhook-texts.ts';

/** Describes what a message is written with. */
export interface BodyOptions {
  readonly format: WebhookFormat;
  readonly language: MailLanguage;
  /** Title of the project. */
  readonly project: string;
  readonly at: Date;
}

/** Characters that Slack reads as markup (https://docs.slack.dev/messaging/formatting-message-text). */
const SLACK: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const forSlack = (text: string): string => text.replace(/[&<>]/g, (found) => SLACK[found] ?? '');

/** Keeps Markdown of names and reasons, such as links, from being read as such. */
const forTeams = (text: string): string => text.replace(/[\\`*_{}[\]()#+!|<>~]/g, (found) => `\\${found}`);

const line = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Writes the JSON that an endpoint gets. */
export const webhookBody = (event: WebhookEvent, { format, language, project, at }: BodyOptions): string => {
  const text = line(`${project}: ${eventText(event, language)}`);
  switch (format) {
    case 'standard':
      return JSON.stringify({
        type: event.type,
        timestamp: at.toISOString(),
        data: { project, ...event.data },
      });
    case 'slack':
      return JSON.stringify({ text: forSlack(text) });
    case 'teams':
      return JSON.stringify({
        type: 'message',
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.adaptive',
            content: {
              $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
              type: 'AdaptiveCard',
              version: '1.4',
              body: [{ type: 'TextBlock', text: forTeams(text), wrap: true }],
            },
          },
        ],
      });
  }
};
