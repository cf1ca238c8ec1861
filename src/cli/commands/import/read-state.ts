import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { isMissing } from '../../../contract/error-code.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { systemReason } from '../../../contract/system-reason.ts';

/** A root CA as PEM texts. */
export interface RootPair {
  readonly certificate: string;
  readonly key: string;
  /** Certificates issued under it that are kept beside it, by the name under which they are kept. */
  readonly issued: Readonly<Record<string, string>>;
}

/** The file in which NVFLARE's CertBuilder keeps what it has made. */
const CERT_STATE = 'cert.json';
const CertState = z.looseObject({ root_cert: z.string().min(1), root_pri_key: z.string().min(1) });
/** Certificate of each participant; the private keys stay where they are. */
const Kept = z.object({ cert: z.string() });
const ADVICE =
  'Name the folder of the workspace that holds state/cert.json, or one with rootCA.pem and rootCA.key.';

/** @returns undefined when it is not there */
const textOf = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw CLI_ERRORS.fileUnusable({ path, reason: systemReason(error), advice: ADVICE }, { cause: error });
  }
};

const parseState = (path: string, text: string): RootPair => {
  try {
    const { root_cert, root_pri_key, ...others } = CertState.parse(JSON.parse(text));
    const issued = Object.entries(others).flatMap(([name, kept]): [string, string][] => {
      const certificate = Kept.safeParse(kept).data?.cert;
      return certificate === undefined ? [] : [[name, certificate]];
    });
    return { certificate: root_cert, key: root_pri_key, issued: Object.fromEntries(issued) };
  } catch (error) {
    throw CLI_ERRORS.fileUnusable({ path, reason: 'it holds no root CA', advice: ADVICE }, { cause: error });
  }
};

const KEYS = ['rootCA.key', 'rootCA.pri', 'rootCA.key.pem'];

const readPair = async (folder: string): Promise<RootPair | undefined> => {
  const certificate = await textOf(join(folder, 'rootCA.pem'));
  for (const name of KEYS) {
    const key = await textOf(join(folder, name));
    if (certificate !== undefined && key !== undefined) {
      return { certificate, key, issued: {} };
    }
  }
  return undefined;
};

/**
 * Reads the root CA of a project of `nvflare provision`.
 *
 * @param place its state folder, the folder above, the file in it, or a folder with the pair
 * @throws CliError `file_unusable` when there is none
 */
export const readState = async (place: string): Promise<RootPair> => {
  const folder = basename(place) === CERT_STATE ? dirname(place) : place;
  for (const path of [join(folder, CERT_STATE), join(folder, 'state', CERT_STATE)]) {
    const text = await textOf(path);
    if (text !== undefined) {
      return parseState(path, text);
    }
  }
  const pair = await readPair(folder);
  if (pair !== undefined) {
    return pair;
  }
  throw CLI_ERRORS.fileUnusable({ path: place, reason: 'there is no root CA in it', advice: ADVICE });
};
