import type { ImageProgress } from '../../engine/engine.ts';
import type { OutputStream } from '../runtime.ts';
import { formatBytes } from './format-bytes.ts';

const BAR_CELLS = 24;
const REDRAW_MS = 100;

interface Bar {
  readonly label: string;
  readonly state: string;
  readonly current: number | undefined;
  readonly total: number | undefined;
  readonly since: number;
}

/** Text of one bar: label, cells, bytes and rate as far as they are known. */
const drawBar = (bar: Bar, now: number): string => {
  const { current, total } = bar;
  if (current === undefined) {
    return `${bar.label} ${bar.state}`;
  }
  const seconds = (now - bar.since) / 1000;
  const rate = seconds > 0.5 ? ` ${formatBytes(current / seconds)}/s` : '';
  if (total === undefined || total === 0) {
    return `${bar.label} ${bar.state} ${formatBytes(current)}${rate}`;
  }
  const filled = Math.min(BAR_CELLS, Math.round((current / total) * BAR_CELLS));
  const cells = '█'.repeat(filled) + '░'.repeat(BAR_CELLS - filled);
  return `${bar.label} ${cells} ${formatBytes(current)} of ${formatBytes(total)}${rate} ${bar.state}`;
};

/** Work on an image as bars on a terminal, as plain lines anywhere else. */
export class ProgressBars {
  private readonly stream: OutputStream;
  private readonly now: () => number;
  private readonly bars = new Map<string, Bar>();
  private drawn = 0;
  private drawnAt = 0;

  /** @param now milliseconds */
  constructor(stream: OutputStream, now: () => number) {
    this.stream = stream;
    this.now = now;
  }

  show(progress: ImageProgress): void {
    switch (progress.kind) {
      case 'step':
        this.print(`Step ${progress.step} of ${progress.of}: ${progress.text}`);
        return;
      case 'line':
        this.print(progress.text);
        return;
      case 'layer':
        this.update(progress.id, progress.state, progress.current, progress.total);
        return;
      case 'context':
        this.update('The build context', 'is being sent', progress.sentBytes, progress.totalBytes);
        return;
      case 'archive':
        this.update('The archive', 'is being transferred', progress.bytes, progress.totalBytes);
        return;
    }
  }

  /** Leaves the bars as they are; what comes next starts below them. */
  end(): void {
    if (this.drawn > 0) {
      this.draw();
    }
    this.drawn = 0;
    this.bars.clear();
  }

  private update(label: string, state: string, current: number | undefined, total: number | undefined): void {
    const known = this.bars.get(label);
    this.bars.set(label, { label, state, current, total, since: known?.since ?? this.now() });
    if (this.stream.isTTY === true) {
      if (this.now() - this.drawnAt >= REDRAW_MS) {
        this.draw();
      }
    } else if (known?.state !== state) {
      this.stream.write(`${label} ${state}\n`);
    }
  }

  private print(text: string): void {
    this.end();
    const width = this.stream.isTTY === true ? (this.stream.columns ?? 80) - 1 : 400;
    this.stream.write(`${text.slice(0, width)}\n`);
  }

  private draw(): void {
    const now = this.now();
    const width = (this.stream.columns ?? 80) - 1;
    const lines = [...this.bars.values()].map((bar) => `\u001b[2K${drawBar(bar, now).slice(0, width)}\n`);
    const up = this.drawn > 0 ? `\u001b[${this.drawn}A` : '';
    this.stream.write(up + lines.join(''));
    this.drawn = lines.length;
    this.drawnAt = now;
  }
}
