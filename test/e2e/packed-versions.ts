import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './surroundings.ts';

/**
 * Packs what would be published.
 *
 * @param folder takes the package and what is unpacked of it
 * @returns unpacks it under a version, and returns the command's script
 */
export const packedVersions = (folder: string): ((version: string) => string) => {
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const archive = join(folder, packed.trim());
  return (version) => {
    const at = join(folder, version);
    mkdirSync(at);
    execFileSync('tar', ['-xzf', archive, '-C', at]);
    const manifest = join(at, 'package', 'package.json');
    const text = readFileSync(manifest, 'utf8');
    writeFileSync(manifest, text.replace(/"version": "[^"]+"/, `"version": "${version}"`));
    symlinkSync(join(ROOT, 'node_modules'), join(at, 'package', 'node_modules'));
    return join(at, 'package', 'bin', 'dashboard.js');
  };
};
