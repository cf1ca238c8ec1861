import { Spotlight, createSpotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import { useEffect } from 'react';

interface Command {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Further text that is looked at. */
  readonly keywords?: string;
  readonly onClick: () => void;
}

export interface CommandGroup {
  readonly group: string;
  readonly actions: readonly Command[];
}

interface CommandPaletteProps {
  readonly groups: readonly CommandGroup[];
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly placeholder: string;
  readonly nothing: string;
  readonly onClose: () => void;
}

const [store, spotlight] = createSpotlight();

/** A search over commands; open as long as it is rendered. */
export const CommandPalette = ({
  groups,
  query,
  onQuery,
  placeholder,
  nothing,
  onClose,
}: CommandPaletteProps) => {
  useEffect(() => {
    spotlight.open();
    return spotlight.close;
  }, []);
  return (
    <Spotlight
      store={store}
      shortcut={null}
      actions={groups.map(({ group, actions }) => ({ group, actions: [...actions] }))}
      query={query}
      onQueryChange={onQuery}
      nothingFound={nothing}
      onSpotlightClose={onClose}
      transitionProps={{ duration: 0 }}
      searchProps={{ placeholder, 'aria-label': placeholder }}
      scrollable
      maxHeight={420}
    />
  );
};
