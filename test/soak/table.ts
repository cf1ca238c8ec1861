import type { Reached, Row } from './row.ts';

const verdict = (row: Row, reached: Reached | undefined): readonly [figure: string, verdict: string] => {
  if (reached === undefined) {
    return [`npm run soak -- ${row.shown.name}`, 'not run'];
  }
  if (reached.skipped) {
    return [reached.figure, 'skipped'];
  }
  return [reached.figure, reached.met ? 'met' : 'missed'];
};

/** The promises as Markdown: what was promised, what was reached. */
export const tableOf = (rows: readonly Row[], reached: ReadonlyMap<Row, Reached>): string =>
  [
    '| area | promise | figure promised | figure reached | |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((row) => {
      const [figure, word] = verdict(row, reached.get(row));
      return `| ${[row.area, row.promise, row.figure, figure, word].map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
    }),
  ].join('\n');
