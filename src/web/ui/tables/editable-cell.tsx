import { Loader, Text, UnstyledButton } from '@mantine/core';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem.ts';
import { useOutcome } from '../errors/use-outcome.ts';
import { useProblemText } from '../errors/problem-text.ts';
import { CellEditor, type Choice } from './cell-editor.tsx';

interface EditableCellProps {
  readonly value: string;
  /** Names the cell for a screen reader: what the value is, whose, and that it can be edited. */
  readonly label: string;
  readonly choices?: readonly Choice[];
  readonly check: (value: string) => string | null;
  /** Rejects when the server refuses: the old value then stands again, the reason below it. */
  readonly save: (value: string) => Promise<unknown>;
  /** True when `save` opens a dialog that asks first. */
  readonly asks?: boolean;
}

type State =
  { readonly at: 'rest' | 'editing' | 'saved' } | { readonly at: 'saving'; readonly value: string };

/** A table cell that is edited in place: Enter saves, Escape gives up, Tab saves and moves on. */
export const EditableCell = ({ value, label, choices, check, save, asks = false }: EditableCellProps) => {
  const { t } = useTranslation();
  const outcome = useOutcome();
  const problemText = useProblemText();
  const [state, setState] = useState<State>({ at: 'rest' });
  const [error, setError] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const current = state.at === 'saving' ? state.value : value;
  const shown = choices?.find((choice) => choice.value === current)?.label ?? current;
  const close = (refocus: boolean) => {
    if (!refocus) {
      setState({ at: 'rest' });
      return;
    }
    // The cell has the focus before a dialog opens, which gives it back later.
    flushSync(() => {
      setState({ at: 'rest' });
    });
    button.current?.focus();
  };
  const send = async (next: string) => {
    if (asks) {
      await save(next);
      return;
    }
    setState({ at: 'saving', value: next });
    try {
      await save(next);
      setState({ at: 'saved' });
    } catch (error) {
      setState({ at: 'rest' });
      setError(problemText(error));
      // The row is gone, and the text below the cell with it.
      if (asProblem(error).code === 'not_found') {
        outcome.failed(error);
      }
    }
  };
  if (state.at === 'editing') {
    return (
      <CellEditor
        value={value}
        label={label}
        {...(choices ? { choices } : {})}
        error={error}
        onError={setError}
        check={check}
        save={send}
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
        aria-busy={state.at === 'saving'}
        onClick={() => {
          setState({ at: 'editing' });
        }}
      >
        {shown || '–'} {state.at === 'saving' ? <Loader size="xs" aria-hidden /> : null}
      </UnstyledButton>
      {state.at === 'saved' ? (
        <Text size="xs" c="dimmed" role="status">
          {t('common.saved')}
        </Text>
      ) : null}
      {error ? (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      ) : null}
    </>
  );
};
