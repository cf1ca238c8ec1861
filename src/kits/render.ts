import type { Credentials, KitFile, RenderedFile } from './kit-file.ts';

/** Scripts and texts shared by all kits are encoded once. */
const compiled = new WeakMap<KitFile, Buffer>();

const bytesOf = (file: KitFile, credentials: Credentials): Buffer => {
  if (typeof file.content === 'function') {
    return Buffer.from(file.content(credentials));
  }
  const known = compiled.get(file);
  if (known !== undefined) {
    return known;
  }
  const made = Buffer.from(file.content);
  compiled.set(file, made);
  return made;
};

/** Fills a planned file with the kit's credentials. */
export const render = (file: KitFile, credentials: Credentials): RenderedFile => ({
  path: file.path,
  mode: file.mode,
  content: bytesOf(file, credentials),
});
