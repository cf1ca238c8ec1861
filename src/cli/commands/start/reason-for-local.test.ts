import { expect, test } from '@jest/globals';
import { EngineError } from '../../../engine/errors.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { reasonForLocal } from './reason-for-local.ts';

const container = { local: false, image: undefined };
const noEngine = new EngineError({ code: 'engine_not_found', tried: [] });

test('falls back when no engine responds or the image is unavailable', () => {
  expect(reasonForLocal(noEngine, container)).toBe('No container engine responds');
  const noImage = CLI_ERRORS.imageUnavailable({ what: 'The image x is unavailable.' });
  expect(reasonForLocal(noImage, container)).toBe('The image cannot be built or pulled here');
});

test.each([
  ['the error is another one', CLI_ERRORS.portTaken({ port: 8443 }), container],
  ['the error is unknown', new Error('boom'), container],
  ['no container was asked for', noEngine, { local: true, image: undefined }],
  ['an image was named', noEngine, { local: false, image: 'dashboard:1' }],
])('does not fall back when %s', (_condition, error, settings) => {
  expect(reasonForLocal(error, settings)).toBeUndefined();
});
