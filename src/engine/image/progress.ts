import { z } from 'zod';
import type { ImageProgress } from '../engine.ts';

/** A report of an engine while it works on an image. */
const Report = z.object({
  id: z.string().optional(),
  status: z.string().optional(),
  stream: z.string().optional(),
  error: z.string().optional(),
  errorDetail: z.object({ message: z.string().optional() }).nullish(),
  progressDetail: z.object({ current: z.number().optional(), total: z.number().optional() }).nullish(),
});

/** The meaning of a report: progress, or an error that the HTTP status did not show. */
export type Reported = { readonly failure: string } | { readonly progress: readonly ImageProgress[] };

type LayerState = Extract<ImageProgress, { readonly kind: 'layer' }>['state'];

const LAYER_STATES: Readonly<Record<string, LayerState>> = {
  'Pulling fs layer': 'waiting',
  Waiting: 'waiting',
  Downloading: 'downloading',
  'Verifying Checksum': 'downloading',
  'Download complete': 'downloading',
  Extracting: 'extracting',
  'Loading layer': 'extracting',
  'Pull complete': 'done',
  'Already exists': 'done',
};

const STEP = /^(?:\[\d+\/\d+\] )?(?:Step|STEP) (\d+)\/(\d+)\s*:\s*(.*)$/;

/** Output of the classic builder between two steps, of no use to anyone. */
const NOISE = /^ *--->|^Removing intermediate container |^ *\[Warning\] One or more build-args/;

const lineProgress = (text: string): ImageProgress => {
  const step = STEP.exec(text);
  const [, number, of, instruction] = step ?? [];
  return number === undefined || of === undefined || instruction === undefined
    ? { kind: 'line', text }
    : { kind: 'step', step: Number(number), of: Number(of), text: instruction };
};

const lines = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !NOISE.test(line));

/** Reads one report of a pull, build or load. Pure; unknown reports give no progress. */
export const readReport = (document: unknown): Reported => {
  const parsed = Report.safeParse(document);
  if (!parsed.success) {
    return { progress: [] };
  }
  const { id, status, stream, error, errorDetail, progressDetail } = parsed.data;
  const failure = errorDetail?.message ?? error;
  if (failure !== undefined) {
    return { failure: failure.replace(/\s+/g, ' ').trim() };
  }
  if (stream !== undefined) {
    return { progress: lines(stream).map(lineProgress) };
  }
  if (status === undefined) {
    return { progress: [] };
  }
  const state = LAYER_STATES[status];
  if (state === undefined || id === undefined) {
    return { progress: lines(id === undefined ? status : `${id}: ${status}`).map(lineProgress) };
  }
  return {
    progress: [
      {
        kind: 'layer',
        id,
        state,
        current: progressDetail?.current,
        total: progressDetail?.total,
      },
    ],
  };
};
