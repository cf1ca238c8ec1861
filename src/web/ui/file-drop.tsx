import { Button, FileButton, Group, Paper, Text } from '@mantine/core';
import { useState } from 'react';

interface FileDropProps {
  readonly text: string;
  readonly button: string;
  readonly loading: boolean;
  /** Of the file chooser, as in `accept`. */
  readonly accept?: string;
  readonly onFile: (file: File) => void;
}

/** A file is dropped here, or chosen. */
export const FileDrop = ({ text, button, loading, accept, onFile }: FileDropProps) => {
  const [over, setOver] = useState(false);
  const take = (file: File | null | undefined) => {
    if (file) {
      onFile(file);
    }
  };
  return (
    <Paper
      withBorder
      p="md"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
      }}
    >
      <Group justify="space-between">
        <Text size="sm">{text}</Text>
        <FileButton
          onChange={take}
          {...(accept === undefined ? {} : { accept })}
          inputProps={{ 'aria-label': button }}
        >
          {(props) => (
            <Button {...props} size="xs" variant="default" loading={loading}>
              {button}
            </Button>
          )}
        </FileButton>
      </Group>
    </Paper>
  );
};
