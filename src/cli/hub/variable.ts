export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable of the environment; one that is empty is not set. */
export const variable = (env: Environment, name: string): string | undefined =>
  env[name] === '' ? undefined : env[name];
