/** Fields of an entry to falsify; each in both of its headers, where both have it. */
export interface Falsified {
  /** As long as the true one. */
  readonly name?: string;
  readonly mode?: number;
  readonly size?: number;
  readonly flags?: number;
}

const LOCAL = { magic: Buffer.from('PK\u0003\u0004'), flags: 6, size: 22, nameLength: 26, name: 30 };
const CENTRAL = { magic: Buffer.from('PK\u0001\u0002'), flags: 8, size: 24, nameLength: 28, name: 46 };
const ATTRIBUTES = 38;

/** Returns the names of a zip's entries. */
export const zipNames = (zip: Buffer): readonly string[] => {
  const names: string[] = [];
  for (let at = zip.indexOf(CENTRAL.magic); at >= 0; at = zip.indexOf(CENTRAL.magic, at + 1)) {
    const nameAt = at + CENTRAL.name;
    names.push(zip.toString('utf8', nameAt, nameAt + zip.readUInt16LE(at + CENTRAL.nameLength)));
  }
  return names;
};

/** Returns a copy of a zip in which one entry says something else about itself. */
export const falsify = (zip: Buffer, entry: string, { name, mode, size, flags }: Falsified): Buffer => {
  const copy = Buffer.from(zip);
  let found = 0;
  for (const header of [LOCAL, CENTRAL]) {
    for (let at = copy.indexOf(header.magic); at >= 0; at = copy.indexOf(header.magic, at + 1)) {
      const length = copy.readUInt16LE(at + header.nameLength);
      const nameAt = at + header.name;
      if (copy.subarray(nameAt, nameAt + length).toString() !== entry) {
        continue;
      }
      found += 1;
      copy.write(name ?? entry, nameAt, length, 'latin1');
      copy.writeUInt16LE(flags ?? copy.readUInt16LE(at + header.flags), at + header.flags);
      copy.writeUInt32LE(size ?? copy.readUInt32LE(at + header.size), at + header.size);
      if (header === CENTRAL && mode !== undefined) {
        copy.writeUInt32LE((mode << 16) >>> 0, at + ATTRIBUTES);
      }
    }
  }
  if (found !== 2) {
    throw new Error(`${entry} has ${found} headers`);
  }
  return copy;
};
