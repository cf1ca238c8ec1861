import { expect, it } from '@jest/globals';
import { readConfig } from './read-config.ts';
import { unknownSettings } from './unknown-settings.ts';

it('names a misspelled setting with the one that was meant', () => {
  expect(unknownSettings({ NVFL_SMPT_URL: 'smtp://mail.example.org' })).toEqual([
    { name: 'NVFL_SMPT_URL', meant: 'NVFL_SMTP_URL' },
  ]);
});

it('names one that is like no setting', () => {
  expect(unknownSettings({ NVFL_COLOR: 'blue' })).toEqual([{ name: 'NVFL_COLOR', meant: undefined }]);
});

it.each([
  'NVFL_SMTP_URL',
  'NVFL_CREDENTIAL_FILE',
  'NVFL_BASE_IMAGE',
  'PATH',
  'SECRET_KEY',
  'OTEL_SERVICE_NAMES',
])('is silent about %s', (name) => {
  expect(unknownSettings({ [name]: 'x' })).toEqual([]);
});

it.each([
  ['NVFL_LOG_LEVEL', 'loud', 'NVFL_LOG_LEVEL is none of trace, debug, info, warn, error, fatal, silent'],
  ['NVFL_DRAIN_SECONDS', 'soon', 'NVFL_DRAIN_SECONDS is not a whole number from 0 to 300'],
  ['NVFL_DRAIN_SECONDS', '301', 'NVFL_DRAIN_SECONDS is not a whole number from 0 to 300'],
  ['NVFL_DRAIN_SECONDS', '1e2', 'NVFL_DRAIN_SECONDS is not a whole number from 0 to 300'],
  ['NVFL_BACKUP_KEEP', '0', 'NVFL_BACKUP_KEEP is not a whole number from 1 to 10000'],
  ['NVFL_WEB_PORT', '0x50', 'NVFL_WEB_PORT is not a whole number from 0 to 65535'],
])('refuses %s=%s in words of its own', (name, value, message) => {
  expect(() => readConfig({ [name]: value }, {})).toThrow(message);
});
