import { NativeSelect } from '@mantine/core';
import type { ReactElement } from 'react';
import { type Role, roles } from '../../../src/domain/people/actor.ts';
import { wordIn } from '../../words/search-text.ts';

export interface RoleSelectProps {
  /** Shown above; for screen readers alone where the column says it. */
  readonly label: string;
  readonly isInRow?: boolean;
  readonly value: Role | null;
  readonly onChange: (role: Role | null) => void;
}

const choices = [{ value: '', label: 'none: grants alone' }, ...roles];

/** One of the roles, or none: then somebody may do what grants give and nothing else. */
export function RoleSelect({ label, isInRow = false, value, onChange }: RoleSelectProps): ReactElement {
  return (
    <NativeSelect
      size="xs"
      maw={320}
      {...(isInRow ? { 'aria-label': label } : { label })}
      data={choices}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(wordIn({ role: currentTarget.value }, 'role', roles) ?? null)}
    />
  );
}
