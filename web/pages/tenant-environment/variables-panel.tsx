import { Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { apiQuery } from '../../api/queries.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { PageLink } from '../../parts/links.tsx';
import { Loading } from '../../parts/loading.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { plainText } from '../../words/value-text.ts';

type Variable = ResultOf<'listVariables'>['items'][number];
type Said = Pick<Variable, 'value' | 'secretRef'>;

export interface VariablesPanelProps {
  /** Whose variables are shown: what the address says. */
  readonly service: string;
  readonly services: readonly string[];
}

const routeApi = getRouteApi('/signed-in/projects/$project/$tenant/$environment');
const columns = ['Variable', 'Value', 'Set for', 'Instead of'];

/** What HQ variables are for one service, which file says so, and what that file overrides. */
export function VariablesPanel({ service, services }: VariablesPanelProps): ReactElement {
  const { project, ...where } = routeApi.useParams();
  const asked = { params: { slug: project, ...where }, query: { service } };
  const { data, error, refetch } = useQuery(apiQuery('listVariables', asked));
  const navigate = routeApi.useNavigate();
  const show = (variables: string): void =>
    void navigate({ search: (before) => ({ ...before, variables }), replace: true, resetScroll: false });
  return (
    <Stack component="section" gap="xs" aria-labelledby="variables">
      <Group gap="sm">
        <Title order={2} id="variables">
          Variables
        </Title>
        <NativeSelect
          size="xs"
          aria-label="Variables of"
          value={service}
          data={[...new Set([...services, service])]}
          onChange={({ currentTarget: { value } }) => show(value)}
        />
        <HideLink />
      </Group>
      {error ? <RefusalAlert error={error} onRetry={() => void refetch()} /> : null}
      {data || error ? null : <Loading lines={3} />}
      {data?.items.length === 0 ? (
        <Text size="sm" c="dimmed">
          No variable counts for {service}: none is set, or nothing is generated.
        </Text>
      ) : null}
      {data && data.items.length > 0 ? (
        <DataTable label={`Variables of ${service}`} columns={columns}>
          {data.items.map((variable) => (
            <VariableRow key={variable.key} variable={variable} />
          ))}
        </DataTable>
      ) : null}
    </Stack>
  );
}

function HideLink(): ReactElement {
  const where = routeApi.useParams();
  return (
    <PageLink
      to="/projects/$project/$tenant/$environment"
      params={where}
      search={(before) => ({ ...before, variables: undefined })}
      resetScroll={false}
      size="sm"
      underline="always"
    >
      Hide variables
    </PageLink>
  );
}

function VariableRow({ variable }: { readonly variable: Variable }): ReactElement {
  const { key, scope, file, line, overrides } = variable;
  return (
    <tr>
      <th scope="row">
        <code>{key}</code>
      </th>
      <td>
        <Value of={variable} />
      </td>
      <td>
        the {scope}, in{' '}
        <code>
          {file}:{line}
        </code>
      </td>
      <td>
        {overrides.length === 0 ? 'nothing' : null}
        {overrides.map((other) => (
          <div key={other.scope} title={`${other.file}:${other.line}`}>
            <Value of={other} /> for the {other.scope}
          </div>
        ))}
      </td>
    </tr>
  );
}

/** A secret is named; its value is not in Git. */
function Value({ of: { value, secretRef } }: { readonly of: Said }): ReactElement {
  if (!secretRef) return <code>{plainText(value)}</code>;
  return (
    <>
      <code>{secretRef.key}</code> of the secret <code>{secretRef.name}</code>
    </>
  );
}
