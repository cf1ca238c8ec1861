import { useEffect, useRef } from 'react';
import type { z } from 'zod';

const PREFIX = 'dashboard-draft:';

interface DraftForm<T> {
  readonly values: T;
  readonly setValues: (values: Partial<T>) => void;
  readonly isDirty: () => boolean;
}

const read = <T>(key: string, schema: z.ZodType<Partial<T>>): Partial<T> | undefined => {
  const text = sessionStorage.getItem(key);
  if (text === null) {
    return undefined;
  }
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

const isDraft = (key: string): boolean => key.startsWith(PREFIX);

/** Returns true where something was typed on any page of this tab and not saved. */
export const hasDrafts = (): boolean => Object.keys(sessionStorage).some(isDraft);

/** Forgets what was typed and not saved; whoever comes next must not find it. */
export const forgetDrafts = (): void => {
  for (const key of Object.keys(sessionStorage)) {
    if (isDraft(key)) {
      sessionStorage.removeItem(key);
    }
  }
};

/**
 * Keeps what was typed and not saved in this tab, through a reload, another page and a log-in.
 *
 * @param schema the fields to keep; leave out secrets
 */
export const useDraft = <T>(name: string, form: DraftForm<T>, schema: z.ZodType<Partial<T>>): void => {
  const key = PREFIX + name;
  const { values, setValues } = form;
  const dirty = form.isDirty();
  const restored = useRef(false);
  useEffect(() => {
    if (restored.current) {
      return;
    }
    restored.current = true;
    const draft = read(key, schema);
    if (draft) {
      setValues(draft);
    }
  }, [key, schema, setValues]);
  useEffect(() => {
    if (dirty) {
      sessionStorage.setItem(key, JSON.stringify(schema.parse(values)));
    } else {
      sessionStorage.removeItem(key);
    }
  }, [key, schema, values, dirty]);
};
