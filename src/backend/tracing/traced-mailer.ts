import type { Spans } from '../context/spans.ts';
import type { Mailer } from '../mail/send-mail.ts';

/** Measures how long the mail server takes, without recipient, subject or text. */
export const tracedMailer = (mailer: Mailer, spans: Spans): Mailer => ({
  send: (mail) =>
    spans.run('mail send', async (add) => {
      const outcome = await mailer.send(mail);
      add({ 'mail.state': outcome.state, 'mail.error': outcome.error });
      return outcome;
    }),
});
