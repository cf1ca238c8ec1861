import config from '../../jest.config.js';
import { area } from './areas.js';

/** One project alone: with several, each test would run once for every one of them. */
export default {
  ...config.projects.find(({ displayName }) => displayName === 'unit'),
  rootDir: '../..',
  testMatch: area.tests.map((tests) => `<rootDir>/${tests}`),
  testTimeout: 60_000,
};
