import type { FieldProblem } from '../../../contract/errors.ts';
import { addressRule } from '../../webhooks/address-rule.ts';
import { forbiddenAddress } from '../../webhooks/send-webhook.ts';

type Rule = ReturnType<typeof addressRule>;

const wrong = (message: string): readonly FieldProblem[] => [{ path: 'url', message }];

const forbidden = (address: string, protocol: string): readonly FieldProblem[] => [
  {
    path: 'url',
    code: 'address_forbidden',
    message:
      protocol === 'https:'
        ? `leads to ${address}, which is not a public address; NVFL_WEBHOOK_ALLOWED_NETWORKS allows others`
        : `leads to ${address} without encryption; use https, or allow its network in NVFL_WEBHOOK_ALLOWED_NETWORKS`,
  },
];

/** Returns what is wrong with an endpoint, as far as it can be known before something is sent. */
export const urlProblems = async (text: string | undefined, rule: Rule): Promise<readonly FieldProblem[]> => {
  if (text === undefined) {
    return [];
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['https:', 'http:'].includes(url.protocol) || url.hostname === '') {
    return wrong('is not an address such as https://example.org/hook');
  }
  if (url.username !== '' || url.password !== '') {
    return wrong('holds a user name or a password');
  }
  const address = await forbiddenAddress(url, rule);
  return address === undefined ? [] : forbidden(address, url.protocol);
};

export const nameProblems = (name: string | undefined): readonly FieldProblem[] =>
  name?.trim() === '' ? [{ path: 'name', code: 'missing', message: 'is missing' }] : [];
