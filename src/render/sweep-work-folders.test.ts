import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/kit/repository.ts';
import { sweepWorkFolders, workFolderName } from './sweep-work-folders.ts';

test('old folders of processes that are gone go away, and nothing else', async () => {
  const folder = temporaryFolder('sweep');
  const gone = spawnSync(process.execPath, ['--version']).pid;
  const now = Date.now();
  const make = (name: string, hours: number): string => {
    mkdirSync(join(folder, name, 'home'), { recursive: true });
    writeFileSync(join(folder, name, 'home', 'file'), 'text');
    utimesSync(join(folder, name), now / 1000 - hours * 3600, now / 1000 - hours * 3600);
    return name;
  };
  make(`${workFolderName(gone)}old`, 2);
  const young = make(`${workFolderName(gone)}young`, 0.5);
  const living = make(`${workFolderName(process.ppid)}living`, 2);
  // Left by a server that had our id before us.
  make(`${workFolderName(process.pid)}old`, 2);
  const ours = make(`${workFolderName(process.pid)}ours`, 0.5);
  const others = ['knowngood-render-x', 'knowngood-repository-1-a'].map((name) => make(name, 2));
  const link = `${workFolderName(gone)}link`;
  symlinkSync(join(folder, ours), join(folder, link));
  await sweepWorkFolders(now, folder);
  expect(readdirSync(folder).toSorted()).toEqual([young, living, ours, ...others, link].toSorted());
  await sweepWorkFolders(now, join(folder, 'not-there'));
});
