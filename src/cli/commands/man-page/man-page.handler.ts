import type { Handler } from '../../handler.ts';
import { packageVersion } from '../../package-version.ts';
import type { CommandNode } from '../completion/command-tree.ts';
import { manPage } from './man-page.ts';

/** `dashboard man-page`: the manual page, for the package. */
export const manPageOf =
  (tree: CommandNode): Handler =>
  (_flags, _words, { runtime }) => {
    const date = runtime.now().toISOString().slice(0, 10);
    const lines = manPage(tree, packageVersion(runtime.packageRoot), date);
    return Promise.resolve({ data: { page: lines.join('\n') }, lines });
  };
