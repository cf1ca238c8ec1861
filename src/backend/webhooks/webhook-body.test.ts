import { describe, expect, it } from '@jest/globals';
import { webhookBody } from './webhook-body.ts';

const AT = new Date('2026-03-01T12:00:00Z');
const denied = {
  type: 'request.decided',
  data: {
    kind: 'site',
    name: 'site-1',
    decision: 'denied',
    reason: 'see <!channel> & [here](https://evil.example)\n*now*',
  },
} as const;
const options = { language: 'en', project: 'Lung', at: AT } as const;

describe('the body of a webhook', () => {
  it('holds type, time and facts in the standard format', () => {
    expect(JSON.parse(webhookBody(denied, { ...options, format: 'standard' }))).toEqual({
      type: 'request.decided',
      timestamp: '2026-03-01T12:00:00.000Z',
      data: { project: 'Lung', ...denied.data },
    });
  });

  it('is a text for Slack in which nothing that people wrote is markup', () => {
    expect(JSON.parse(webhookBody(denied, { ...options, format: 'slack' }))).toEqual({
      text: 'Lung: The site site-1 was denied: see &lt;!channel&gt; &amp; [here](https://evil.example) *now*',
    });
  });

  it('is a card for Teams in which nothing that people wrote is markup, in German', () => {
    const body = webhookBody(denied, { ...options, language: 'de', format: 'teams' });
    expect(JSON.parse(body)).toMatchObject({
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: {
            body: [
              {
                text: 'Lung: Der Standort site-1 wurde abgelehnt: see \\<\\!channel\\> & \\[here\\]\\(https://evil.example\\) \\*now\\*',
              },
            ],
          },
        },
      ],
    });
  });
});
