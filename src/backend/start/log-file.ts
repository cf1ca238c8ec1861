import { fstatSync, writeSync } from 'node:fs';

/**
 * Writes all of the bytes, or as many as there is room for; Node's own stream would end the process, or itself, when a
 * disk is full.
 *
 * @param write as `fs.writeSync`; gives how many bytes it took
 */
export const forgivingWriter = (write: (bytes: Uint8Array) => number): ((text: string) => void) => {
  let cutOff = false;
  return (text) => {
    // What follows a line that was cut off begins a line of its own.
    let left: Uint8Array = Buffer.from(cutOff ? `\n${text}` : text);
    try {
      while (left.length > 0) {
        left = left.subarray(write(left));
      }
      cutOff = false;
    } catch {
      cutOff = true;
    }
  };
};

/** For a descriptor that is a file, as standard output is with `--local`; undefined for pipes and terminals. */
export const logFileWriter = (descriptor: number): ((text: string) => void) | undefined =>
  fstatSync(descriptor).isFile() ? forgivingWriter((bytes) => writeSync(descriptor, bytes)) : undefined;
