import { Spotlight, createSpotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import { useEffect } from 'react';

interface Command {
  readonly id: string;
  readonly label: string;
  readonly onClick: () => void;
}

interface CommandPaletteProps {
  readonly groups: readonly { readonly group: string; readonly actions: readonly Command[] }[];
  readonly placeholder: string;
  readonly nothing: string;
  readonly onClose: () => void;
}

const [store, spotlight] = createSpotlight();

/** A search over commands; open as long as it is rendered. */
export const CommandPalette = ({ groups, placeholder, nothing, onClose }: CommandPaletteProps) => {
  useEffect(() => {
    spotlight.open();
    return spotlight.close;
  }, []);
  return (
    <Spotlight
      store={store}
      shortcut={null}
      actions={groups.map(({ group, actions }) => ({ group, actions: [...actions] }))}
      nothingFound={nothing}
      onSpotlightClose={onClose}
      transitionProps={{ duration: 0 }}
      searchProps={{ placeholder, 'aria-label': placeholder }}
      scrollable
      maxHeight={420}
    />
  );
};
