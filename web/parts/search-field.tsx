import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type ReactElement, useEffect, useState } from 'react';

export interface SearchFieldProps {
  readonly label: string;
  /** What the address says. */
  readonly set: string | undefined;
  /** Told the text, undefined when there is none, once the typing pauses. */
  readonly onSearch: (text: string | undefined) => void;
  /** Milliseconds without a key; for what costs a question to the server. */
  readonly pause?: number;
  /** The one that `/` goes to. */
  readonly isMain?: boolean;
  readonly w?: number;
}

/** A field whose text belongs to the address. It is typed here first: an address follows too late for quick fingers. */
export function SearchField(props: SearchFieldProps): ReactElement {
  const { label, set = '', onSearch, pause = 0, isMain = false, w } = props;
  const [typed, setTyped] = useState(set);
  const [seen, setSeen] = useState(set);
  if (seen !== set) {
    setSeen(set);
    setTyped(set);
  }
  useEffect(() => {
    if (typed === set) return undefined;
    const timer = setTimeout(() => onSearch(typed === '' ? undefined : typed), pause);
    return () => clearTimeout(timer);
  });
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      {...(w === undefined ? {} : { w })}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      {...(isMain ? { 'data-search': true, leftSection: <IconSearch size={14} aria-hidden /> } : {})}
    />
  );
}
