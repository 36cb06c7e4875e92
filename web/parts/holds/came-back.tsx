import { Code, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { useMay } from '../../api/me.ts';
import { useChange } from '../../api/queries.ts';
import { plainText } from '../../words/value-text.ts';
import { Ago } from '../ago.tsx';
import { GuardedButton } from '../guarded-button.tsx';
import { Notice } from '../notice.tsx';
import { Person } from '../person.tsx';
import { useAfterSubmit } from '../plan/use-after-submit.ts';
import { RefusalAlert } from '../refusal-alert.tsx';
import { Sha } from '../sha.tsx';
import type { Hold } from './use-holds.ts';

type Return = NonNullable<Hold['returned']>;

/** A held value that somebody pushed back past the server: who, the way to take it away again, and what stops a bot. */
export function CameBack({ hold }: { readonly hold: Hold }): ReactElement | null {
  const { service, field, value, returned } = hold;
  if (!returned) return null;
  const { author, bot, commit, at, recipe } = returned;
  return (
    <Notice title={`${service === null ? '' : `${service}: `}${field} ${plainText(value)} came back`}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm" component="div">
          <Person of={{ name: author, email: null }} bot={bot} /> pushed it past this server:{' '}
          <Sha value={commit} />, noticed <Ago at={at} />.
        </Text>
        <Reapply hold={hold} />
        {recipe ? <Recipe of={recipe} /> : null}
      </Stack>
    </Notice>
  );
}

function Reapply({ hold }: { readonly hold: Hold }): ReactElement {
  const { id, project, tenant, environment, field } = hold;
  const may = useMay('request', { project, tenant, environment });
  const reapply = useChange('reapplyHold');
  const { onSuccess, onError } = useAfterSubmit(`why reapply ${id}`);
  // The notice goes as soon as the value is known to be gone again, and with it the callbacks of `mutate`.
  const again = (): void => void reapply.mutateAsync({ params: { id }, body: {} }).then(onSuccess, onError);
  return (
    <>
      <GuardedButton verdict={may} loading={reapply.isPending} onClick={again}>
        Take {field} away again
      </GuardedButton>
      {reapply.error ? <RefusalAlert error={reapply.error} /> : null}
    </>
  );
}

function Recipe({ of: { bot, where, lines } }: { readonly of: NonNullable<Return['recipe']> }): ReactElement {
  return (
    <Stack gap={4}>
      <Text size="sm">
        To keep {bot} from it, {where}:
      </Text>
      <Code block>{lines.join('\n')}</Code>
    </Stack>
  );
}
