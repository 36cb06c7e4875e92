/**
 * Room `render`: kustomize, kubectl and helm as programs, under limits and cut off. It knows files, folders and text.
 * It must never know repositories, tenants, plans or what an object of Kubernetes is.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Confinement, type ToolLimits, confinementHere, toolLimits } from './confinement.ts';
import { findProgram } from './find-program.ts';
import { type ToolRun, runTool } from './run-tool.ts';
import { sweepWorkFolders } from './sweep-work-folders.ts';
import { type WorkFile, type WorkFolder, makeWorkFolder } from './work-folder.ts';

/** A program that renders. */
export interface Tool {
  readonly name: 'kustomize' | 'kubectl kustomize' | 'helm';
  readonly version: string;
  readonly program: string;
}

/** Which there are. */
export interface Tools {
  readonly kustomize: Tool | undefined;
  readonly helm: Tool | undefined;
}

/** A chart to be rendered. */
export interface ChartJob {
  readonly files: readonly WorkFile[];
  /** Its folder among the files. */
  readonly chart: string;
  /** Texts of values files; later ones win. */
  readonly values: readonly string[];
  readonly release: string;
  readonly namespace: string;
}

/** Runs the tools that this machine has, a few at a time. */
export interface Renderer {
  /** Looks again each time, so that what is installed meanwhile is used. */
  readonly tools: () => Promise<Tools>;
  /** Builds the kustomization in a folder of these files. */
  readonly kustomize: (files: readonly WorkFile[], folder: string) => Promise<ToolRun>;
  readonly helm: (job: ChartJob) => Promise<ToolRun>;
  /** How many runs wait for their turn. */
  readonly waiting: () => number;
}

export interface RendererOptions {
  /** Where programs are looked for; our own PATH unless told. */
  readonly searchPath?: string;
  readonly limits?: Partial<ToolLimits>;
}

const atOnce = 2;

/** Nothing is started before it is asked for something. */
export function openRenderer({
  searchPath = process.env['PATH'] ?? '',
  limits,
}: RendererOptions = {}): Renderer {
  const allowed = { ...toolLimits, ...limits };
  const { inTurn, waiting } = turns(atOnce);
  let found: Promise<Found> | undefined;
  let looking: Promise<Found> | undefined;
  let swept: Promise<void> | undefined;
  // Who asks while somebody looks gets the same answer: a crowd starts no crowd of programs.
  const look = (): Promise<Found> => {
    swept ??= sweepWorkFolders(Date.now());
    looking ??= findTools(searchPath, allowed).finally(() => (looking = undefined));
    return (found = looking);
  };
  const run = async (kind: keyof Tools, { files, argsOf }: Job): Promise<ToolRun> => {
    const { confine, tools } = await (found ?? look());
    const tool = tools[kind];
    if (!tool) return { ok: false, reason: 'is not installed' };
    return inTurn(async () => {
      await using folder = await makeWorkFolder(files);
      const args = await argsOf(tool, folder);
      return await runTool({ program: tool.program, args, folder, limits: allowed, confine });
    });
  };
  return {
    tools: async () => (await look()).tools,
    kustomize: (files, folder) =>
      run('kustomize', { files, argsOf: async (tool) => kustomizeArgs(tool, folder) }),
    helm: (job) => run('helm', { files: job.files, argsOf: (_, folder) => helmArgs(job, folder) }),
    waiting,
  };
}

interface Job {
  readonly files: readonly WorkFile[];
  readonly argsOf: (tool: Tool, folder: WorkFolder) => Promise<readonly string[]>;
}

const kustomizeArgs = ({ name }: Tool, folder: string): readonly string[] => [
  name === 'kustomize' ? 'build' : 'kustomize',
  // The default, said all the same: a kustomization reads what is below it, and other kustomizations.
  '--load-restrictor=LoadRestrictionsRootOnly',
  `./${folder}`,
];

/** Values get paths of ours: helm takes a comma in a path for the end of it, and fetches addresses. */
async function helmArgs(
  { chart, values, release, namespace }: ChartJob,
  { home }: WorkFolder,
): Promise<readonly string[]> {
  const paths = values.map((_, index) => join(home, `values-${index}.yaml`));
  await Promise.all(paths.map((path, index) => writeFile(path, values[index] ?? '')));
  return [
    'template',
    `--namespace=${namespace}`,
    '--include-crds',
    ...paths.map((path) => `--values=${path}`),
    '--',
    release,
    `./${chart}`,
  ];
}

/** Milliseconds for a tool to say its version. */
const versionTime = 5_000;

interface Found {
  readonly tools: Tools;
  readonly confine: Confinement;
}

async function findTools(searchPath: string, allowed: ToolLimits): Promise<Found> {
  const limits = { ...allowed, time: Math.min(allowed.time, versionTime) };
  const [kustomize, kubectl, helm, confine] = await Promise.all([
    findProgram('kustomize', searchPath),
    findProgram('kubectl', searchPath),
    findProgram('helm', searchPath),
    confinementHere(searchPath),
  ]);
  const ask = async (
    name: Tool['name'],
    program: string | undefined,
    args: readonly string[],
  ): Promise<Tool | undefined> => {
    if (program === undefined) return undefined;
    await using folder = await makeWorkFolder([]);
    const said = await runTool({ program, args, folder, limits, confine });
    const text = said.ok ? said.output : '';
    // Before 1.24 it says nothing of its kustomize, which knows no bases as they are written today.
    if (name === 'kubectl kustomize' && !inKubectl.test(text)) return undefined;
    return { name, program, version: versionIn(text) };
  };
  const builder =
    kustomize === undefined
      ? ask('kubectl kustomize', kubectl, ['version', '--client'])
      : ask('kustomize', kustomize, ['version']);
  const chart = ask('helm', helm, ['version', '--short']);
  return { confine, tools: { kustomize: await builder, helm: await chart } };
}

/** kubectl prints the version of the kustomize in it on a line of its own. */
const inKubectl = /^Kustomize Version: *(.*)$/m;

function versionIn(output: string): string {
  const line = inKubectl.exec(output)?.[1] ?? output;
  return /v?\d+\.\d+[\w.+-]*/.exec(line)?.[0] ?? 'of unknown version';
}

/** Lets so many work at once; the others wait in the order in which they came. */
function turns(most: number) {
  let busy = 0;
  const queue: (() => void)[] = [];
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (busy >= most) await new Promise<void>((resolve) => queue.push(resolve));
    else busy += 1;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else busy -= 1;
    }
  };
  return { inTurn, waiting: () => queue.length };
}
