/** Rules for encrypting the connection to the mail server. */
export const STARTTLS = ['required', 'opportunistic', 'never'] as const;

/** Settings for sending e-mails. */
export interface MailConfig {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`). */
  readonly secure: boolean;
  readonly starttls: (typeof STARTTLS)[number];
  /** Undefined: the server asks for none. */
  readonly login: { readonly user: string; readonly password: string } | undefined;
  /** PEM of the CA that the server's certificate must come from; undefined: those that Node knows. */
  readonly ca: string | undefined;
  readonly from: { readonly name: string; readonly address: string };
  /** Where the links of e-mails lead; ends with a slash. */
  readonly publicUrl: string;
}
