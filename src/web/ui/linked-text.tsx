import { Anchor } from '@mantine/core';
import { Fragment } from 'react';

/** A web address; what ends the sentence around it does not belong to it. */
const ADDRESS = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/;

/** Free text whose web addresses are links. */
export const LinkedText = ({ text }: { readonly text: string }) =>
  text.split(ADDRESS).map((part, at) =>
    at % 2 === 1 ? (
      <Anchor key={part + String(at)} href={part} rel="noopener noreferrer" underline="always" inherit>
        {part}
      </Anchor>
    ) : (
      <Fragment key={part + String(at)}>{part}</Fragment>
    ),
  );
