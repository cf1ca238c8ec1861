import type { Handler } from '../../handler.ts';
import { packageVersion } from '../../package-version.ts';

/** `dashboard version`. */
export const version: Handler = (_flags, _words, { runtime }) => {
  const current = packageVersion(runtime.packageRoot);
  return Promise.resolve({
    data: { version: current, node: process.versions.node, platform: runtime.platform, arch: process.arch },
    lines: [current],
  });
};
