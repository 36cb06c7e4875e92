import type { Figures, SizeResult } from './figures.ts';

/** Everything one run of the benchmark says. */
export interface BenchReport {
  readonly date: string;
  readonly node: string;
  readonly git: string;
  readonly cpus: string;
  readonly fsync: Figures;
  readonly results: readonly SizeResult[];
}

const ms = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(0));
const pair = ({ p50, p99 }: Figures): string => `${ms(p50)} / ${ms(p99)}`;
const times = (value: number): string => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ×`;
const kb = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KiB`;

/** The page `docs/benchmarks.md`. */
export function renderBenchmarks({ results, fsync, ...machine }: BenchReport): string {
  const speed = results.map(
    (row) =>
      `| ${row.files.toLocaleString('en')} | ${pair(row.ours)} | ${pair(row.plumbing)} | ${pair(row.porcelain)} | ${times(row.plumbing.p50 / row.ours.p50)} | ${times(row.porcelain.p50 / row.ours.p50)} | ${pair(row.preview)} | ${row.ours.runs} |`,
  );
  const sizes = results.map(
    (row) =>
      `| ${row.files.toLocaleString('en')} | ${kb(row.bytes.ours)} | ${kb(row.bytes.plumbing)} | ${kb(row.bytes.porcelain)} |`,
  );
  return `# Benchmarks

Made by \`npm run bench\` on ${machine.date}: Node ${machine.node}, git ${machine.git}, ${machine.cpus}.
One fsync of a small new file took ${pair(fsync)} ms (p50 / p99) in the same run; that is the floor under a durable write.

A full rollback of one tenant-environment, five changed services, committed to the branch. All times in milliseconds,
p50 / p99, taken in turn in one run after a round over another environment that is not counted: programs are warm, and the
folders that a rollback is about are read for the first time. All dirty data of the machine is written out before each. *Knowngood* fsyncs every object, its folder and the ref; the other two run stock git as
it is configured by default, without fsync. *Plumbing* is \`ls-tree\`, \`mktree\`, \`commit-tree\`, \`update-ref\` in a bare repository;
*porcelain* is \`git restore -s REV -SW -- DIR && git commit\` in a clone. All three must end with the same tree, or the run fails.

| files | Knowngood | plumbing | porcelain | plumbing ÷ ours | porcelain ÷ ours | preview of one service | runs |
|--:|--:|--:|--:|--:|--:|--:|--:|
${speed.join('\n')}

Bytes written below \`.git\` by one rollback:

| files | Knowngood | plumbing | porcelain |
|--:|--:|--:|--:|
${sizes.join('\n')}
`;
}
