import { describe, expect, test } from '@jest/globals';
import { errorDetailsOf, imageReason } from './error-details.ts';

const attempt = {
  operation: 'start the container',
  endpoint: 'unix:///s',
  container: 'c',
  image: 'i:1',
  port: 443,
  folder: '/p',
};
const refusal = (statusCode: number, message: string): Error =>
  Object.assign(new Error(`(HTTP code ${statusCode}) server error - ${message} `), {
    statusCode,
    json: { message },
  });

describe('errorDetailsOf', () => {
  test.each([
    ['port_taken', 500, 'driver failed: Bind for 0.0.0.0:443 failed: port is already allocated'],
    ['port_taken', 500, 'listen tcp4 0.0.0.0:443: bind: address already in use'],
    ['port_taken', 500, 'rootlessport cannot listen on the TCP port: listen tcp4 :443'],
    ['port_taken', 500, 'Ports are not available: exposing port TCP 0.0.0.0:443'],
    ['port_forbidden', 500, 'rootlessport cannot expose privileged port 443, you can add'],
    ['port_forbidden', 500, 'listen tcp4 0.0.0.0:443: bind: permission denied'],
    ['name_taken', 409, 'Conflict. The container name "/c" is already in use by container "ab"'],
    ['name_taken', 500, 'the container name "c" is already in use by ab'],
    ['image_unavailable', 404, 'No such image: i:1'],
    ['image_unavailable', 404, 'i:1: image not known'],
    ['folder_missing', 400, 'invalid mount config for type "bind": bind source path does not exist: /p'],
    ['folder_missing', 500, 'statfs /p: no such file or directory'],
    ['container_missing', 404, 'No such container: c'],
    ['engine_refused', 500, 'something nobody foresaw'],
  ])('%s is read from status %d, "%s"', (code, status, message) => {
    expect(errorDetailsOf(refusal(status, message), attempt).code).toBe(code);
  });

  test('names the endpoint of an engine that went away', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED /s'), { code: 'ECONNREFUSED' });
    expect(errorDetailsOf(error, attempt)).toMatchObject({ code: 'engine_lost', endpoint: 'unix:///s' });
  });

  test('says that an engine whose ssh connection broke went away', () => {
    const error = Object.assign(new Error('client_loop: send disconnect: Broken pipe'), { code: 'ESSH' });
    const detail = 'client_loop: send disconnect: Broken pipe';
    expect(errorDetailsOf(error, attempt)).toMatchObject({ code: 'engine_lost', detail });
  });

  test("the detail is the engine's own sentence in one line", () => {
    expect(errorDetailsOf(refusal(500, 'one\n two'), attempt)).toMatchObject({ detail: 'one two' });
  });
});

describe('imageReason', () => {
  test.each([
    ['network', 'Get "https://r/v2/": dial tcp: lookup r: no such host'],
    ['not_found', 'manifest for r/x:1 not found: manifest unknown'],
    ['denied', 'pull access denied for x, repository does not exist or may require docker login'],
    ['disk_full', 'write /layer.tar: no space left on device'],
    ['failed', 'The command returned a non-zero code: 1'],
  ])('%s is read from "%s"', (reason, text) => {
    expect(imageReason(text)).toBe(reason);
  });
});
