import { z } from 'zod';
import { ENVIRONMENT } from '../../contract/environment.ts';
import { SAMPLERS, type TracingSettings } from '../context/config.ts';
import { StartError } from '../context/start-error.ts';
import { readSecretFile } from './secret-files.ts';

const DEFAULT_NAME = 'nvflare-dashboard';

const Endpoint = z.url({ protocol: /^https?$/ });
const Sampler = z.enum(SAMPLERS).default('parentbased_always_on');
const Ratio = z.coerce.number().min(0).max(1).default(1);

type Get = (name: string) => string | undefined;

const wrong = (variable: string, message: string): StartError =>
  new StartError(
    'badConfiguration',
    `${variable} ${message}.`,
    'Correct the named settings and start again.',
  );

const decoded = (variable: string, text: string): string => {
  try {
    return decodeURIComponent(text.trim());
  } catch (error) {
    throw new StartError(
      'badConfiguration',
      `${variable} holds a % that is not the beginning of an encoded character.`,
      'Write it as %25.',
      { cause: error },
    );
  }
};

/** Reads `key=value,key=value`, whose values may be percent-encoded. */
const pairs = (variable: string, text: string | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (text ?? '')
      .split(',')
      .filter((entry) => entry.trim() !== '')
      .map((entry): [string, string] => {
        const at = entry.indexOf('=');
        if (at < 1) {
          throw wrong(variable, 'is not a list such as name=value,name=value');
        }
        return [entry.slice(0, at).trim(), decoded(variable, entry.slice(at + 1))];
      }),
  );

const addressOf = (get: Get): string | undefined => {
  const exact = get(ENVIRONMENT.otlpTracesEndpoint);
  const base = get(ENVIRONMENT.otlpEndpoint);
  const variable = exact === undefined ? ENVIRONMENT.otlpEndpoint : ENVIRONMENT.otlpTracesEndpoint;
  const text = exact ?? base;
  if (text === undefined) {
    return undefined;
  }
  if (!Endpoint.safeParse(text).success) {
    throw wrong(variable, 'is not an http or https address');
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw wrong(
      variable,
      `holds a user or password: use the file that ${ENVIRONMENT.otlpHeaders}_FILE names`,
    );
  }
  return exact ?? `${text.replace(/\/+$/, '')}/v1/traces`;
};

/**
 * Reads where traces are sent, by OpenTelemetry's own variables.
 *
 * @returns undefined when no collector is set
 * @throws StartError `badConfiguration`, naming the variable but never its value
 */
export const readTracing = (get: Get): TracingSettings | undefined => {
  const url = addressOf(get);
  if (url === undefined) {
    return undefined;
  }
  const protocol = get(ENVIRONMENT.otlpProtocol) ?? 'http/protobuf';
  if (protocol !== 'http/protobuf') {
    throw wrong(ENVIRONMENT.otlpProtocol, 'must be http/protobuf');
  }
  const sampler = Sampler.safeParse(get(ENVIRONMENT.tracesSampler));
  if (!sampler.success) {
    throw wrong(ENVIRONMENT.tracesSampler, `must be one of ${SAMPLERS.join(', ')}`);
  }
  const ratio = Ratio.safeParse(get(ENVIRONMENT.tracesSamplerRatio));
  if (!ratio.success) {
    throw wrong(ENVIRONMENT.tracesSamplerRatio, 'is not a number from 0 to 1');
  }
  const resource = pairs(ENVIRONMENT.resourceAttributes, get(ENVIRONMENT.resourceAttributes));
  return {
    url,
    headers: pairs(
      ENVIRONMENT.otlpHeaders,
      readSecretFile('otlpHeaders', get) ?? get(ENVIRONMENT.otlpHeaders),
    ),
    serviceName: get(ENVIRONMENT.serviceName) ?? resource['service.name'] ?? DEFAULT_NAME,
    resource,
    sampler: sampler.data,
    ratio: ratio.data,
  };
};
