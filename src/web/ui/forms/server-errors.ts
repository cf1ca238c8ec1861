import { useCallback } from 'react';
import { asProblem } from '../../api/problem.ts';
import { useFieldText } from '../errors/field-text.ts';

/** Form fields that the API calls otherwise. */
export type Aliases = Readonly<Record<string, string>>;

/** Moves the focus to the first field that is marked wrong, once the marks are drawn. */
export const focusFirstInvalid = (): void => {
  setTimeout(() => {
    document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus();
  });
};

/** The fields that the backend's refusal names, as a form takes them; the first of them gets the focus. */
export const useRefusedFields = (): ((
  error: unknown,
  aliases?: Aliases,
) => Readonly<Record<string, string>>) => {
  const text = useFieldText();
  return useCallback(
    (error, aliases = {}) => {
      const { fields } = asProblem(error).detail;
      if (fields.length > 0) {
        focusFirstInvalid();
      }
      return Object.fromEntries(fields.map((field) => [aliases[field.path] ?? field.path, text(field)]));
    },
    [text],
  );
};

/** True when each refused field stands in the form, which then shows the reasons by itself. */
export const isShownByFields = (error: unknown, shown: readonly string[], aliases: Aliases = {}): boolean => {
  const { fields } = asProblem(error).detail;
  return fields.length > 0 && fields.every(({ path }) => shown.includes(aliases[path] ?? path));
};
