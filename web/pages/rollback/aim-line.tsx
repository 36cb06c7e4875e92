import { Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { shortSha } from '../../words/short-sha.ts';
import type { Aimed } from './draft.ts';

/**
 * What goes back, where, and how far: on a phone nothing else says so, as the steps show their numbers alone. Nothing
 * in it takes the focus: on a keyboard the next stop is the justification.
 */
export function AimLine({ aim }: { readonly aim: Aimed }): ReactElement {
  const { mode, service, tenant, environment, target } = aim;
  const what = service === undefined ? '' : `${mode === 'field' ? 'Fields of ' : ''}${service} in `;
  return (
    <Text size="sm" component="div">
      {what}
      {tenant}/{environment}: from the present state back to{' '}
      <Text span inherit ff="monospace">
        {shortSha(target)}
      </Text>
    </Text>
  );
}
