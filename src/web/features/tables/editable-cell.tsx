import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { UnstyledButton } from '../../ui/actions.ts';
import { NativeSelect, TextInput } from '../../ui/inputs.ts';
import { Text } from '../../ui/typography.ts';
import { useProblemText } from '../errors/problem-text.ts';

interface EditableCellProps {
  readonly value: string;
  /** What the value is called, and whose it is: names the cell for a screen reader. */
  readonly what: string;
  readonly of: string;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  readonly check: (value: string) => string | null;
  /** Rejects when the server refuses: the old value then stands again, the reason below it. */
  readonly save: (value: string) => Promise<unknown>;
}

/** A table cell that is edited in place: Enter saves, Escape gives up, Tab saves and moves on. */
export const EditableCell = ({ value, what, of, choices, check, save }: EditableCellProps) => {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const [error, setError] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const settled = useRef(false);
  const shown = choices?.find((choice) => choice.value === value)?.label ?? value;

  const finish = (refocus: boolean) => {
    settled.current = true;
    setDraft(undefined);
    if (refocus) queueMicrotask(() => setTimeout(() => button.current?.focus()));
  };
  const commit = async (refocus: boolean) => {
    if (draft === undefined || settled.current) return;
    const wrong = draft === value ? null : check(draft);
    setError(wrong);
    if (wrong !== null && refocus) return;
    finish(refocus);
    if (draft === value || wrong !== null) return;
    try {
      await save(draft);
    } catch (reason) {
      setError(problemText(reason));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      void commit(true);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      setError(null);
      finish(true);
    }
  };
  const label = t('table.editCell', { what, name: of, value: shown || t('table.empty') });
  if (draft === undefined) {
    return (
      <>
        <UnstyledButton
          ref={button}
          className="cell-value"
          aria-label={label}
          onClick={() => {
            settled.current = false;
            setDraft(value);
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
  }
  const common = {
    'aria-label': label,
    size: 'xs',
    autoFocus: true,
    value: draft,
    error,
    onKeyDown,
    onBlur: () => void commit(false),
  } as const;
  if (choices) {
    return (
      <NativeSelect
        {...common}
        data={[...choices]}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
        }}
      />
    );
  }
  return (
    <TextInput
      {...common}
      onChange={(event) => {
        setDraft(event.currentTarget.value);
      }}
    />
  );
};
