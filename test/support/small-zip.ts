import { buffer } from 'node:stream/consumers';
import { zipStream } from '../../src/kits/zip.ts';

/** A zip with these members, in this order; the name may be any. */
export const smallZip = (
  members: readonly (readonly [name: string, content: string | Buffer])[],
  more: { readonly encryption?: 'none' | 'zipcrypto'; readonly mode?: number } = {},
): Promise<Buffer> =>
  buffer(
    zipStream({
      files: members.map(([path, content]) => ({
        path,
        mode: more.mode ?? 0o644,
        content: Buffer.from(content),
      })),
      folders: [],
      top: '',
      password: 'secret',
      encryption: more.encryption ?? 'none',
      time: new Date('2026-11-28T10:00:00Z'),
    }),
  );
