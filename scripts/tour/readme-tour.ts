import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const environment: Readonly<Record<string, string>> = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'You',
  GIT_AUTHOR_EMAIL: 'you@example.com',
  GIT_COMMITTER_NAME: 'You',
  GIT_COMMITTER_EMAIL: 'you@example.com',
  TZ: 'UTC',
};

/** The tour as README.md shows it: Markdown with real commands and their real output, the same in every run. */
export function recordTour(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'knowngood-tour-')));
  try {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(import.meta.dirname, 'record.ts'), folder],
      { encoding: 'utf8', env: { PATH: process.env['PATH'], ...environment } },
    );
    if (status !== 0) throw new Error(`the tour failed: ${stderr}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** README.md with this tour between its marks. */
export function withTour(readme: string, tour: string): string {
  const marks = /(<!-- tour:start[^\n]*-->\n)[\s\S]*?(<!-- tour:end -->)/;
  if (!marks.test(readme)) throw new Error('README.md has lost the marks of the tour');
  return readme.replace(marks, (_, start: string, end: string) => `${start}\n${tour}\n${end}`);
}
