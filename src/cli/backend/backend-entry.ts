import { join } from 'node:path';

/** Returns the path of the backend's program in a package. */
export const backendEntry = (packageRoot: string): string =>
  join(packageRoot, 'dist', 'backend', 'entry', 'main.js');
