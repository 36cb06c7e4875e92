import { type ServiceState, environmentFile, serviceFile, servicePath } from './service-files.ts';

export const tenants = ['acme', 'globex'] as const;
const environments = ['dev', 'staging', 'production'];

/** What becomes of one service; what is left out stays. */
export type Change = Partial<Omit<ServiceState, 'values'>> & { readonly values?: ServiceState['values'] };

/** What one commit of a story changes: services of tenant-environments such as `acme/dev`, and whole files by path. */
export interface StoryStep {
  readonly where?: readonly string[];
  readonly change?: Readonly<Record<string, Change>>;
  readonly files?: Readonly<Record<string, string>>;
}

/** These environments of both tenants. */
export const everywhere = (...of: readonly string[]): readonly string[] =>
  tenants.flatMap((tenant) => of.map((environment) => `${tenant}/${environment}`));

type Services = Readonly<Record<string, ServiceState>>;

/** The tenant-environments as a story finds them: every service in every one. Path → content. */
export function firstFiles(services: Services): Record<string, string> {
  const files: Record<string, string> = {};
  for (const where of everywhere(...environments)) {
    const [tenant = '', environment = ''] = where.split('/');
    files[`tenants/${where}/environment.yaml`] = environmentFile(tenant, environment);
    for (const [name, state] of Object.entries(services))
      files[servicePath(where, name)] = serviceFile(name, state);
  }
  return files;
}

const merged = (state: ServiceState, change: Change): ServiceState => ({
  ...state,
  ...change,
  values: { ...state.values, ...change.values },
});

/** Answers, step after step, which files each one writes: it remembers what the ones before have made of the services. */
export function storyFiles(services: Services): (step: StoryStep) => Record<string, string> {
  const states = new Map<string, ServiceState>();
  return ({ where = [], change = {}, files: whole = {} }) => {
    const files: Record<string, string> = { ...whole };
    for (const place of where)
      for (const [name, wanted] of Object.entries(change)) {
        const path = servicePath(place, name);
        const before = states.get(path) ?? services[name];
        if (!before) throw new Error(`the demo has no service ${name}`);
        const after = merged(before, wanted);
        states.set(path, after);
        files[path] = serviceFile(name, after);
      }
    return files;
  };
}
