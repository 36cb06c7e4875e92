/** The usual names of environments, in the order in which a change is promoted through them. */
const stages: readonly (readonly string[])[] = [
  ['sandbox', 'sbx', 'playground', 'poc', 'local', 'lab'],
  ['dev', 'devel', 'develop', 'development'],
  [
    'ci',
    'test',
    'testing',
    'tst',
    'int',
    'integration',
    'sit',
    'qa',
    'e2e',
    'perf',
    'performance',
    'loadtest',
  ],
  ['nonprod', 'non-prod', 'stage', 'staging', 'stg', 'uat', 'acceptance', 'acc', 'demo', 'beta', 'preview'],
  ['preprod', 'pre-prod', 'preproduction', 'pre-production', 'ppd', 'canary', 'pilot'],
  ['prod', 'production', 'prd', 'live', 'dr'],
];

const stageByName = new Map(stages.flatMap((names, stage) => names.map((name) => [name, stage] as const)));

// Only these are taken for environments with something behind them: `test-runner` and `integration-service` are not.
const strong = '(dev|development|qa|uat|stage|staging|stg|preprod|prod|production|prd)';
const numbered = new RegExp(`^(?:${strong}|test|sandbox|canary)[-_.]?\\d{1,3}$`);
const suffixed = new RegExp(`^${strong}[-_.](?!tool|ops|util|operator|kit|runner|script|base|common|shared)`);
const placed = new RegExp(
  `^(?:eu|us|ap|sa|af|me|ca|cn|uk|emea|apac|amer|global|clusters?|env|k8s)[a-z0-9-]*[-_.]${strong}$`,
);

const MAXIMUM_LENGTH = 40;

/** Whether a name is a usual word for an environment, by itself (`exact`) or with a number or place (`qualified`). */
export function environmentKind(name: string): 'exact' | 'qualified' | undefined {
  if (name.length > MAXIMUM_LENGTH || !/^[a-z0-9][\w.-]*$/i.test(name)) return undefined;
  const word = name.toLowerCase();
  if (stageByName.has(word)) return 'exact';
  const qualified = numbered.test(word) || suffixed.test(word) || placed.test(word);
  return qualified ? 'qualified' : undefined;
}

const words = [...stageByName.keys()].toSorted((a, b) => b.length - a.length);

function stageOf(name: string): number {
  const lower = name.toLowerCase();
  const word = words.find((one) => lower.startsWith(one)) ?? words.find((one) => lower.endsWith(one));
  return (word === undefined ? undefined : stageByName.get(word)) ?? stages.length;
}

/** Sorts names of environments in the usual order of promotion, sandbox to production; equals by name. */
export const byPromotion = (a: string, b: string): number =>
  stageOf(a) - stageOf(b) || (a < b ? -1 : Number(a > b));
