import type { OidcSettings } from '../context/config.ts';
import type { MailConfig } from '../mail/mail-config.ts';
import type { Mailer } from '../mail/send-mail.ts';
import type { OidcProvider } from '../sso/oidc-provider.ts';

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

export const openMailer = async (config: MailConfig | undefined): Promise<Mailer | undefined> => {
  if (config === undefined) {
    return undefined;
  }
  const { createMailer } = await import('../mail/send-mail.ts');
  return createMailer(config);
};
