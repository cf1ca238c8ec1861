import { describe, expect, it } from '@jest/globals';
import { readMailConfig, type MailSettings } from './read-mail-config.ts';

const SETTINGS: MailSettings = {
  url: 'smtp://mail.example.org',
  password: undefined,
  from: 'Dashboard <dashboard@example.org>',
  caFile: undefined,
  publicUrl: 'https://flare.example.org/study',
};

const read = (settings: Partial<MailSettings>) => readMailConfig({ ...SETTINGS, ...settings });

describe('the mail settings', () => {
  it('are absent without a server', () => {
    expect(read({ url: undefined })).toBeUndefined();
  });

  it.each([
    ['smtp://mail.example.org', { port: 587, secure: false, starttls: 'required' }],
    ['smtp://mail.example.org:25?starttls=opportunistic', { port: 25, starttls: 'opportunistic' }],
    ['smtp://localhost:25?starttls=never', { host: 'localhost', starttls: 'never' }],
    ['smtps://mail.example.org', { port: 465, secure: true }],
    ['smtp://[::1]:2525', { host: '::1', port: 2525 }],
  ])('read %s', (url, expected) => {
    expect(read({ url })).toMatchObject(expected);
  });

  it('send a password encrypted only', () => {
    const url = 'smtp://flare%40example.org@mail.example.org?starttls=opportunistic';
    expect(read({ url, password: 'secret' })).toMatchObject({
      starttls: 'required',
      login: { user: 'flare@example.org', password: 'secret' },
    });
  });

  it('end links with a slash', () => {
    expect(read({})?.publicUrl).toBe('https://flare.example.org/study/');
  });

  it.each([
    ['dashboard@example.org', { name: '', address: 'dashboard@example.org' }],
    ['Study <a@example.org>', { name: 'Study', address: 'a@example.org' }],
  ])('read the sender %s', (from, expected) => {
    expect(read({ from })?.from).toEqual(expected);
  });

  it.each([
    [
      'a password in the address',
      { url: 'smtp://user:secret@mail.example.org' },
      /NVFL_SMTP_URL holds a password/,
    ],
    ['another protocol', { url: 'https://mail.example.org' }, /NVFL_SMTP_URL is not an address/],
    ['no address', { url: 'mail.example.org' }, /NVFL_SMTP_URL is not an address/],
    ['a path', { url: 'smtp://mail.example.org/x' }, /may have no path/],
    ['another parameter', { url: 'smtp://mail.example.org?tls=no' }, /no parameter but starttls/],
    ['another STARTTLS', { url: 'smtp://mail.example.org?starttls=maybe' }, /other than required/],
    [
      'a user without a password',
      { url: 'smtp://user@mail.example.org' },
      /NVFL_SMTP_PASSWORD_FILE is not set/,
    ],
    [
      'a password in clear',
      { url: 'smtp://user@mail.example.org?starttls=never', password: 'secret' },
      /in clear/,
    ],
    ['no sender', { from: undefined }, /NVFL_MAIL_FROM must be/],
    ['two senders', { from: 'a@example.org, b@example.org' }, /NVFL_MAIL_FROM must be/],
    [
      'a sender with a line break',
      { from: 'A\nBcc: b@example.org <a@example.org>' },
      /NVFL_MAIL_FROM must be/,
    ],
    ['no address for links', { publicUrl: undefined }, /NVFL_PUBLIC_URL is not set/],
    ['a CA file that is none', { caFile: '/dev/null' }, /no certificate that can be read/],
  ])('refuse %s and show no secret', (_what, settings, message) => {
    expect(() => read(settings)).toThrow(message);
    expect(() => read(settings)).not.toThrow(/secret/);
  });
});
