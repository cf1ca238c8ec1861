import type { ZipEncryption } from '../../../contract/zip-encryption.ts';

export const UNPACKERS = ['linux', 'macos', 'windows', 'python'] as const;
export type Unpacker = (typeof UNPACKERS)[number];

/** The unpacker of the system that the browser runs on. */
export const unpackerOf = (userAgent: string): Unpacker => {
  if (userAgent.includes('Windows')) {
    return 'windows';
  }
  return userAgent.includes('Mac OS') ? 'macos' : 'linux';
};

/**
 * Returns the command that unpacks a kit; each asks for the PIN, so that no shell history keeps it.
 *
 * @param fileName made of characters that need no escape between quotes
 */
export const unpackCommand = (unpacker: Unpacker, fileName: string, encryption: ZipEncryption): string => {
  const folder = fileName.replace(/\.zip$/, '');
  switch (unpacker) {
    case 'windows':
      return `& "C:\\Program Files\\7-Zip\\7z.exe" x "${fileName}" -o"${folder}"`;
    case 'python':
      return `python3 unpack_kit.py '${fileName}'`;
    case 'linux':
    case 'macos': {
      const program = unpacker === 'linux' ? '7z' : '7zz';
      return encryption === 'zipcrypto'
        ? `unzip '${fileName}' -d '${folder}'`
        : `${program} x '${fileName}' -o'${folder}'`;
    }
  }
};
