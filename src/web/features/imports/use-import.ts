import { useMutation, useQueryClient } from '@tanstack/react-query';
import { utf8Text } from '../../../contract/utf8-text.ts';
import { Problem } from '../../api/problem.ts';
import { sendTable, type ImportKind } from './import-source.ts';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

const notUtf8 = (): Problem =>
  new Problem('invalid', '', {
    httpStatus: 0,
    requestId: '',
    fields: [{ path: 'csv', code: 'csv_encoding' }],
    changes: [],
    retryAfter: 0,
    reason: '',
    challenge: '',
    factors: [],
  });

/** A chosen file is checked by the backend; then its rows can be imported. */
export const useImport = (kind: ImportKind) => {
  const cache = useQueryClient();
  const check = useMutation({
    mutationFn: async (file: File) => {
      const text = utf8Text(new Uint8Array(await file.arrayBuffer()));
      if (text === undefined) {
        throw notUtf8();
      }
      const { rows } = await sendTable(kind, { csv: text, dry_run: true });
      return { csv: text, rows };
    },
  });
  const send = useReportedMutation({
    mutationFn: (csv: string) => sendTable(kind, { csv, dry_run: false }),
    onSuccess: () => cache.invalidateQueries(),
  });
  return { check, send };
};
