import { NativeSelect, TextInput } from '@mantine/core';
import { useRef, useState, type KeyboardEvent } from 'react';

/** A value that may be chosen, and how it is shown. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface CellEditorProps {
  readonly value: string;
  readonly label: string;
  /** Without them the value is typed. */
  readonly choices?: readonly Choice[];
  readonly error: string | null;
  readonly onError: (error: string | null) => void;
  readonly check: (value: string) => string | null;
  readonly save: (value: string) => Promise<unknown>;
  /** The editor is done; with true the keyboard goes back to the cell. */
  readonly onClose: (refocus: boolean) => void;
}

/** The field in place of a cell while its value is edited. */
export const CellEditor = ({
  value,
  label,
  choices,
  error,
  onError,
  check,
  save,
  onClose,
}: CellEditorProps) => {
  const [draft, setDraft] = useState(value);
  const settled = useRef(false);

  const finish = (refocus: boolean) => {
    settled.current = true;
    onClose(refocus);
  };
  const commit = async (refocus: boolean) => {
    if (settled.current) {
      return;
    }
    const wrong = draft === value ? null : check(draft);
    onError(wrong);
    if (wrong !== null && refocus) {
      return;
    }
    finish(refocus);
    if (draft === value || wrong !== null) {
      return;
    }
    await save(draft);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      void commit(true);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      onError(null);
      finish(true);
    }
  };
  const common = {
    'aria-label': label,
    size: 'xs',
    autoFocus: true,
    value: draft,
    error,
    onKeyDown,
    onBlur: () => void commit(false),
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) => {
      setDraft(currentTarget.value);
    },
  } as const;
  return choices ? <NativeSelect {...common} data={[...choices]} /> : <TextInput {...common} />;
};
