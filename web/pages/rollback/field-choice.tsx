import { Checkbox, Code, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { apiQuery } from '../../api/queries.ts';
import { Loading } from '../../parts/loading.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { hasWords } from '../../words/has-words.ts';
import { valueText } from '../../words/value-text.ts';
import classes from './choices.module.css';
import type { Aimed } from './draft.ts';
import { useChangeDraft } from './use-draft.ts';

type Field = ResultOf<'compareRevisions'>['services'][number]['fields'][number];

export interface FieldChoiceProps {
  readonly aim: Aimed;
  /** Only fields with these words are shown; ticks on others stay. */
  readonly words: string | undefined;
}

/** Every field of the service that differs from the target: each tick changes the preview below at once. */
export function FieldChoice({ aim, words }: FieldChoiceProps): ReactElement {
  const { project: slug, tenant, environment, service, target } = aim;
  const change = useChangeDraft();
  // The present state first: values read as in the preview, from what is to what it goes back to.
  const { data, error } = useQuery(
    apiQuery('previewRollback', {
      params: { slug },
      body: { mode: 'service', tenant, environment, service, targetSha: target, allowDelete: true },
    }),
  );
  if (error) return <RefusalAlert error={error} />;
  if (!data) return <Loading />;
  const fields = data.plan.services.flatMap((each) => each.fields);
  const shown = fields.filter(({ field, file }) => hasWords(`${field} ${file}`, words ?? ''));
  const tick = (next: readonly string[]): void => change({ field: next }, { replace: true });
  return (
    <Stack gap="xs" component="section" aria-label="Fields">
      <Group justify="space-between">
        <SearchField
          isMain
          label="Filter fields"
          set={words}
          onSearch={(findField) => change({ findField }, { replace: true })}
        />
        <Text size="xs" c="dimmed" role="status">
          {aim.fields.length} of {fields.length} chosen
        </Text>
      </Group>
      {fields.length === 0 ? (
        <Text size="sm">
          No field of {service} differs. Its files can still be restored whole, by one service.
        </Text>
      ) : null}
      <Checkbox.Group value={[...aim.fields]} onChange={tick}>
        <div className={classes['rows']}>
          {shown.map((field) => (
            <FieldTick key={field.address} field={field} />
          ))}
        </div>
      </Checkbox.Group>
    </Stack>
  );
}

const shownValue = (field: Field, side: 'before' | 'after'): string => valueText(field, side) ?? '(absent)';

function FieldTick({ field }: { readonly field: Field }): ReactElement {
  return (
    <Checkbox.Card
      value={field.address}
      className={classes['row'] ?? ''}
      aria-label={`${field.field} ${shownValue(field, 'before')} becomes ${shownValue(field, 'after')}`}
    >
      <Group gap="sm" wrap="nowrap" className={classes['field'] ?? ''}>
        <Checkbox.Indicator size="xs" />
        <div className={classes['what']}>
          <Code>{field.field}</Code>{' '}
          <Text size="xs" c="dimmed" span>
            {field.file}
          </Text>
        </div>
        <Text size="sm" ff="monospace" span className={classes['values'] ?? ''}>
          {shownValue(field, 'before')} → {shownValue(field, 'after')}
        </Text>
      </Group>
    </Checkbox.Card>
  );
}
