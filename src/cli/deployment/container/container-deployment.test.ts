import { describe, expect, test } from '@jest/globals';
import type { ContainerState } from '../../../engine/engine.ts';
import { LABELS } from '../../../engine/spec.ts';
import { settingsOf } from './container-deployment.ts';

const stateOf = (image: string): ContainerState => ({
  id: 'c1',
  name: 'nvflare-dashboard',
  imageId: 'sha256:1',
  status: 'exited',
  health: 'none',
  outOfMemory: false,
  exitCode: 1,
  restarts: 0,
  createdAt: '2026-01-01T00:00:00Z',
  startedAt: undefined,
  image,
  labels: { [LABELS.spec]: JSON.stringify({ image, restart: 'no' }) },
  context: undefined,
  environment: {},
  folder: '/srv/study',
  port: 8443,
  address: undefined,
  managed: true,
  dashboard: true,
});

describe('the settings of a container', () => {
  test.each([
    'nvflare-dashboard:0.1.0',
    'localhost/nvflare-dashboard:0.1.0',
    'docker.io/library/nvflare-dashboard:0.1.0',
  ])('leave the image to the package that started %s', (image) => {
    expect(settingsOf(stateOf(image))).toMatchObject({ image: undefined, port: 8443, restart: 'no' });
  });

  test.each([
    'registry.example.org/nvflare-dashboard:0.1.0',
    'docker.io/nvflare/nvflare:2.7',
    'study/nvflare-dashboard:0.1.0',
  ])('keep the image %s, which was asked for', (image) => {
    expect(settingsOf(stateOf(image))).toMatchObject({ image });
  });
});
