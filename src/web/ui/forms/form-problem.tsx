import { ProblemNote } from '../errors/problem-note.tsx';
import { isShownByFields, type Aliases } from './server-errors.ts';

interface FormProblemProps {
  /** What a request of the form failed with; null when it did not. */
  readonly error: unknown;
  /** The fields that show the reasons of their own refusals. */
  readonly fields: readonly string[];
  readonly aliases?: Aliases;
}

/** Says what was refused, unless the fields of the form say all of it. */
export const FormProblem = ({ error, fields, aliases }: FormProblemProps) =>
  error === null || isShownByFields(error, fields, aliases) ? null : <ProblemNote error={error} />;
