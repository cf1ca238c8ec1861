import { expect, test } from '@jest/globals';
import { readReport } from './progress.ts';

test.each([
  [{ errorDetail: { message: 'a\n b' }, error: 'a b' }, { failure: 'a b' }],
  [{ error: 'only text' }, { failure: 'only text' }],
  [
    { status: 'Downloading', id: 'l1', progressDetail: { current: 1, total: 2 } },
    { progress: [{ kind: 'layer', id: 'l1', state: 'downloading', current: 1, total: 2 }] },
  ],
  [
    { status: 'Pull complete', id: 'l1', progressDetail: {} },
    {
      progress: [{ kind: 'layer', id: 'l1', state: 'done', current: undefined, total: undefined }],
    },
  ],
  [{ stream: 'Step 2/9 : RUN x\n' }, { progress: [{ kind: 'step', step: 2, of: 9, text: 'RUN x' }] }],
  [{ stream: '[1/2] STEP 2/9: RUN x\n' }, { progress: [{ kind: 'step', step: 2, of: 9, text: 'RUN x' }] }],
  [{ stream: 'STEP 2/9: RUN x\n' }, { progress: [{ kind: 'step', step: 2, of: 9, text: 'RUN x' }] }],
  [{ stream: ' ---> abc\n' }, { progress: [] }],
  [{ stream: ' ---> Running in abc\nmade\n' }, { progress: [{ kind: 'line', text: 'made' }] }],
  [{ stream: 'Removing intermediate container abc\n ---> def\n' }, { progress: [] }],
  [{ aux: { ID: 'sha256:1' } }, { progress: [] }],
  ['no object', { progress: [] }],
])('the report %j means %j', (report, meaning) => {
  expect(readReport(report)).toEqual(meaning);
});
