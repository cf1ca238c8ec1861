import { randomInt } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import type BetterSqlite from 'better-sqlite3';

const MAX_MARK = 2 ** 31 - 1;
const LOG_HEADER = 32;
const LOG_MAGIC = [0x377f0682, 0x377f0683];
const FRAME_HEADER = 24;
/** Where a database's first page has `user_version`. */
const MARK_AT = 60;

const readMark = (connection: BetterSqlite.Database): number =>
  Number(connection.pragma('user_version', { simple: true }));

/** The mark in a database file itself, whatever its log says; 0 where there is none. */
export const markIn = (file: string): number => {
  const bytes = Buffer.alloc(4);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, bytes, 0, bytes.length, MARK_AT);
  } finally {
    closeSync(descriptor);
  }
  return bytes.readInt32BE();
};

/** Gives a database that has no mark one of its own. */
export const markDatabase = (connection: BetterSqlite.Database): void => {
  if (readMark(connection) <= 0) {
    connection.pragma(`user_version = ${randomInt(1, 2 ** 30)}`);
  }
};

/**
 * Marks a write-ahead log in its first transaction with the number after its database's, as `user_version`: SQLite
 * does not notice when a log lies beside another database, or beside an older copy of its own, and mixes the two.
 */
export const markLog = (connection: BetterSqlite.Database): void => {
  connection.pragma(`user_version = ${(readMark(connection) % MAX_MARK) + 1}`);
};

/**
 * Returns the marks in a log, oldest first.
 *
 * @param log content of a file as https://www.sqlite.org/fileformat.html#the_write_ahead_log describes it
 */
const marksIn = (log: Buffer): readonly number[] => {
  const marks: number[] = [];
  if (log.length < LOG_HEADER) {
    return marks;
  }
  const step = FRAME_HEADER + log.readUInt32BE(8);
  const salts = log.subarray(16, 24);
  for (let at = LOG_HEADER; at + step <= log.length; at += step) {
    // What follows is left from before the log began anew.
    if (!log.subarray(at + 8, at + 16).equals(salts)) {
      break;
    }
    if (log.readUInt32BE(at) === 1) {
      marks.push(log.readInt32BE(at + FRAME_HEADER + MARK_AT));
    }
  }
  return marks;
};

/**
 * Tells whether the write-ahead log beside a database belongs to another one, or to another state of it.
 *
 * @param file path of the database
 */
export const hasForeignLog = (file: string): boolean => {
  const log = readFileSync(`${file}-wal`);
  if (log.length >= LOG_HEADER && !LOG_MAGIC.includes(log.readUInt32BE(0))) {
    return true;
  }
  const marks = marksIn(log);
  const [first, last] = [marks[0], marks.at(-1)];
  if (first === undefined || last === undefined) {
    return false;
  }
  const own = readFileSync(file).readInt32BE(MARK_AT);
  return own < first - 1 || own > last;
};
