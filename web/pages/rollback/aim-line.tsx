import { Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { Sha } from '../../parts/sha.tsx';
import type { Aimed } from './draft.ts';

/** What goes back, where, and how far: on a phone nothing else says so, as the steps show their numbers alone. */
export function AimLine({ aim }: { readonly aim: Aimed }): ReactElement {
  const { mode, service, tenant, environment, target } = aim;
  const what = service === undefined ? '' : `${mode === 'field' ? 'Fields of ' : ''}${service} in `;
  return (
    <Text size="sm" component="div">
      {what}
      {tenant}/{environment}: from the present state back to <Sha value={target} />
    </Text>
  );
}
