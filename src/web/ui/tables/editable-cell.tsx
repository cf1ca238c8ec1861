import { Text, UnstyledButton } from '@mantine/core';
import { useRef, useState } from 'react';
import { CellEditor, type Choice } from './cell-editor.tsx';

interface EditableCellProps {
  readonly value: string;
  /** Names the cell for a screen reader: what the value is, whose, and that it can be edited. */
  readonly label: string;
  readonly choices?: readonly Choice[];
  readonly check: (value: string) => string | null;
  /** Rejects when the server refuses: the old value then stands again, the reason below it. */
  readonly save: (value: string) => Promise<unknown>;
}

/** A table cell that is edited in place: Enter saves, Escape gives up, Tab saves and moves on. */
export const EditableCell = ({ value, label, choices, check, save }: EditableCellProps) => {
  const [editing, setEditing] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const shown = choices?.find((choice) => choice.value === value)?.label ?? value;
  const close = (refocus: boolean) => {
    setEditing(false);
    if (refocus) setTimeout(() => button.current?.focus());
  };
  if (editing) {
    return (
      <CellEditor
        value={value}
        label={label}
        {...(choices ? { choices } : {})}
        error={error}
        onError={setError}
        check={check}
        save={save}
        onClose={close}
      />
    );
  }
  return (
    <>
      <UnstyledButton
        ref={button}
        className="cell-value"
        aria-label={label}
        onClick={() => {
          setEditing(true);
        }}
      >
        {shown || '–'}
      </UnstyledButton>
      {error ? (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      ) : null}
    </>
  );
};
