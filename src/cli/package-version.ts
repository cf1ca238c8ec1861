import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Version of the installed package, from its package.json. */
export const packageVersion = (packageRoot: string): string => {
  const document: unknown = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  return typeof document === 'object' &&
    document !== null &&
    'version' in document &&
    typeof document.version === 'string'
    ? document.version
    : '0.0.0';
};
