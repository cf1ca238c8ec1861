import { z } from 'zod';
import { MailTestResponse } from '../../../contract/api/outbox.ts';
import { EXIT } from '../../exit-codes.ts';
import type { Handler } from '../../handler.ts';
import { connect } from '../../remote/find-connection.ts';

const Raw = z.object({ language: z.string().optional() });

/** `dashboard mail test`: fails unless the mail server takes the e-mail. */
export const testMail: Handler = async (flags, [email = ''], { runtime, signal }) => {
  const { language } = Raw.parse(flags);
  const api = await connect(flags, runtime, signal);
  const { sent, error, detail } = await api.call(MailTestResponse, {
    method: 'POST',
    path: '/mail/test',
    body: { email, language },
  });
  return {
    data: { state: sent ? 'sent' : 'failed', ...(error === undefined ? {} : { error }), detail },
    lines: sent
      ? [`The mail server took the e-mail to ${email}: ${detail}`]
      : [`The mail server did not take the e-mail to ${email}: ${error ?? ''} ${detail}`.trimEnd()],
    ...(sent ? {} : { exitCode: EXIT.failed }),
  };
};
