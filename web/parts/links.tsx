import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ReactElement, Ref } from 'react';

interface RefOfAnchor {
  readonly ref?: Ref<HTMLAnchorElement>;
}
type LinkAttributes = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'color' | 'style'> & RefOfAnchor;

const AnchorBase = (props: AnchorProps & LinkAttributes): ReactElement => <Anchor {...props} />;
const ButtonBase = (props: ButtonProps & LinkAttributes): ReactElement => <Button component="a" {...props} />;

/** A link to a page of the console: `to`, `params` and `search` are checked against the table of routes. */
export const PageLink = createLink(AnchorBase);

/** The same, looking like a button. */
export const ButtonLink = createLink(ButtonBase);
