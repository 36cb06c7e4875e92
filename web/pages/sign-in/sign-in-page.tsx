import { Alert, Button, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { IconAlertTriangle } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactElement, type SubmitEvent, useState } from 'react';
import { client } from '../../api/client.ts';
import { apiQuery } from '../../api/queries.ts';
import { useArrival } from '../../api/use-arrival.ts';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { pageOfOurs } from '../../words/page-of-ours.ts';
import { DemoAccounts } from './demo-accounts.tsx';
import { DoorFrame } from './door-frame.tsx';
import { type RefusedText, refusedText } from './refused-text.ts';

const routeApi = getRouteApi('/sign-in');

interface Login {
  readonly email: string;
  readonly password: string;
}

function PasswordForm({
  pending,
  onLogin,
}: {
  readonly pending: boolean;
  readonly onLogin: (login: Login) => void;
}) {
  const [login, setLogin] = useState<Login>({ email: '', password: '' });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    onLogin(login);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          size="sm"
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={login.email}
          onChange={({ currentTarget: { value: email } }) => setLogin((now) => ({ ...now, email }))}
        />
        <PasswordInput
          size="sm"
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          value={login.password}
          onChange={({ currentTarget: { value: password } }) => setLogin((now) => ({ ...now, password }))}
        />
        <Button type="submit" size="sm" loading={pending}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}

function RefusedAlert({ what, next }: RefusedText): ReactElement {
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} aria-hidden />} title={what}>
      {next}
    </Alert>
  );
}

/** Every way in that this hub offers. */
export function SignInPage(): ReactElement {
  const { returnTo, ended, refused, because, provider } = routeApi.useSearch();
  const { data: methods } = useSuspenseQuery(apiQuery('getAuthMethods'));
  const arrive = useArrival();
  const login = useMutation({
    mutationFn: (body: Login) => client.call('login', { body }),
    onSuccess: (me) => arrive(me, returnTo),
  });
  return (
    <DoorFrame title="Sign in">
      {ended ? <Alert color="yellow">Your session has ended. Sign in to go on where you were.</Alert> : null}
      {refused === undefined || login.error ? null : (
        <RefusedAlert
          {...refusedText({
            refused,
            because,
            provider: methods.oidc.find(({ name }) => name === provider)?.name,
          })}
        />
      )}
      {login.error ? <RefusalAlert error={login.error} /> : null}
      {methods.password ? <PasswordForm pending={login.isPending} onLogin={login.mutate} /> : null}
      {methods.password && methods.oidc.length > 0 ? <Divider label="or" /> : null}
      {methods.oidc.map(({ name, startUrl }) => (
        <Button
          key={name}
          component="a"
          size="sm"
          variant="default"
          href={`${startUrl}?returnTo=${encodeURIComponent(pageOfOurs(returnTo))}`}
        >
          Sign in with {name}
        </Button>
      ))}
      <DemoAccounts accounts={methods.demoAccounts} onChoose={login.mutate} />
      {!methods.password && methods.oidc.length === 0 ? (
        <Text size="sm">Nobody can sign in here yet. An owner can send you a one-time link.</Text>
      ) : null}
    </DoorFrame>
  );
}
