import { randomUUID } from 'node:crypto';
import type { OidcSettings, TracingSettings } from '../context/config.ts';
import type { MailConfig } from '../mail/mail-config.ts';
import type { Mailer } from '../mail/send-mail.ts';
import type { OidcProvider } from '../sso/oidc-provider.ts';
import { tracedMailer } from '../tracing/traced-mailer.ts';
import type { Tracing } from '../tracing/tracing.ts';

// Their libraries are loaded only where they are configured: a start without them is faster and takes less memory.

export const openProvider = async (
  settings: OidcSettings | undefined,
  now: () => Date,
): Promise<OidcProvider | undefined> => {
  if (settings === undefined) {
    return undefined;
  }
  const parts = await import('../sso/oidc-provider.ts');
  return new parts.OidcProvider(settings, now);
};

export const openTracing = async (settings: TracingSettings | undefined): Promise<Tracing | undefined> => {
  if (settings === undefined) {
    return undefined;
  }
  const { createTracing } = await import('../tracing/tracing.ts');
  return createTracing(settings, randomUUID());
};

export const openMailer = async (
  config: MailConfig | undefined,
  tracing: Tracing | undefined,
): Promise<Mailer | undefined> => {
  if (config === undefined) {
    return undefined;
  }
  const { createMailer } = await import('../mail/send-mail.ts');
  const mailer = createMailer(config);
  return tracing === undefined ? mailer : tracedMailer(mailer, tracing);
};
