import { readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { ENVIRONMENT } from '../../contract/environment.ts';
import { hasHiddenCharacters } from '../../contract/free-text.ts';
import { StartError } from '../context/start-error.ts';
import { STARTTLS, type MailConfig } from '../mail/mail-config.ts';

const PORTS = { smtp: 587, smtps: 465 } as const;
const FROM = /^(?:(?<name>[^<>"]*?)\s*<(?<bracketed>[^<>\s]+)>|(?<plain>[^<>\s]+))$/;
const Address = z.email();

/** Settings as they were given; empty ones are undefined. */
export interface MailSettings {
  readonly url: string | undefined;
  readonly password: string | undefined;
  readonly from: string | undefined;
  readonly caFile: string | undefined;
  readonly publicUrl: string | undefined;
}

const wrong = (variable: string, message: string): StartError =>
  new StartError(
    'badConfiguration',
    `${variable} ${message}.`,
    'Correct the named settings and start again.',
  );

const readUrl = (text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') {
    throw wrong(ENVIRONMENT.smtpUrl, 'is not an address such as smtp://user@mail.example.org:587');
  }
  if (url.password !== '') {
    throw wrong(
      ENVIRONMENT.smtpUrl,
      `holds a password, which belongs into the file that ${ENVIRONMENT.smtpPassword}_FILE names`,
    );
  }
  const unknown = [...url.searchParams.keys()].find((key) => key !== 'starttls');
  if (unknown !== undefined || !['', '/'].includes(url.pathname)) {
    throw wrong(ENVIRONMENT.smtpUrl, 'may have no path, and no parameter but starttls');
  }
  return url;
};

const readStarttls = (url: URL): MailConfig['starttls'] => {
  const given = url.searchParams.get('starttls') ?? 'required';
  const found = STARTTLS.find((one) => one === given);
  if (found === undefined) {
    throw wrong(ENVIRONMENT.smtpUrl, `has a parameter starttls other than ${STARTTLS.join(', ')}`);
  }
  return found;
};

const readFrom = (text: string | undefined): MailConfig['from'] => {
  const { name = '', bracketed, plain } = FROM.exec(text?.trim() ?? '')?.groups ?? {};
  const address = bracketed ?? plain ?? '';
  if (!Address.safeParse(address).success || hasHiddenCharacters(name)) {
    throw wrong(
      ENVIRONMENT.mailFrom,
      'must be a sender such as dashboard@example.org or Dashboard <dashboard@example.org>',
    );
  }
  return { name, address };
};

const readCa = (path: string | undefined): string | undefined => {
  if (path === undefined) {
    return undefined;
  }
  try {
    const pem = readFileSync(path, 'utf8');
    return new X509Certificate(pem) instanceof X509Certificate ? pem : undefined;
  } catch (error) {
    throw new StartError(
      'badConfiguration',
      `The file ${path} that ${ENVIRONMENT.smtpCaFile} names holds no certificate that can be read.`,
      'Name a PEM file with the certificate of the CA.',
      { cause: error },
    );
  }
};

/**
 * Reads how e-mails are sent.
 *
 * @returns undefined when no server is set
 * @throws StartError `badConfiguration`, naming the variable but never its value
 */
export const readMailConfig = ({
  url: text,
  password,
  from,
  caFile,
  publicUrl,
}: MailSettings): MailConfig | undefined => {
  if (text === undefined) {
    return undefined;
  }
  const url = readUrl(text);
  const secure = url.protocol === 'smtps:';
  const user = decodeURIComponent(url.username);
  if (user !== '' && password === undefined) {
    throw wrong(`${ENVIRONMENT.smtpPassword}_FILE`, `is not set, though ${ENVIRONMENT.smtpUrl} names a user`);
  }
  const starttls = readStarttls(url);
  if (user !== '' && !secure && starttls === 'never') {
    throw wrong(
      ENVIRONMENT.smtpUrl,
      'would send the password in clear: use smtps, or leave out starttls=never',
    );
  }
  if (publicUrl === undefined) {
    throw wrong(ENVIRONMENT.publicUrl, `is not set; links in e-mails need it beside ${ENVIRONMENT.smtpUrl}`);
  }
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? PORTS[secure ? 'smtps' : 'smtp'] : Number(url.port),
    secure,
    starttls: user !== '' && starttls === 'opportunistic' ? 'required' : starttls,
    login: user === '' ? undefined : { user, password: password ?? '' },
    ca: readCa(caFile),
    from: readFrom(from),
    publicUrl: publicUrl.endsWith('/') ? publicUrl : `${publicUrl}/`,
  };
};
