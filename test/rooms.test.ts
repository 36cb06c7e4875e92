import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

// Which rooms a room may import, and which packages and Node modules it may touch. Type imports count.
const rooms: Record<string, { rooms: string[]; outside: RegExp }> = {
  std: { rooms: [], outside: /^$/ },
  tree: { rooms: ['std'], outside: /^(yaml|node-diff3)$/ },
  domain: { rooms: ['tree', 'std'], outside: /^(yaml|diff)$/ },
  delivery: { rooms: ['domain', 'tree', 'std'], outside: /^yaml$/ },
  contract: { rooms: ['domain', 'std'], outside: /^zod$/ },
  git: {
    rooms: ['tree', 'std'],
    outside:
      /^node:(fs|fs\/promises|zlib|crypto|path|child_process|net|stream|stream\/promises|os|util|events|readline|timers\/promises)$/,
  },
  store: {
    rooms: ['domain', 'std'],
    outside: /^(kysely|pg|node:(sqlite|fs|path|crypto|async_hooks|timers\/promises|url))$/,
  },
  verify: { rooms: [], outside: /^node:crypto$/ },
  outbound: {
    rooms: ['domain', 'std'],
    outside: /^(openid-client|standardwebhooks|node:(crypto|dns\/promises|net|http|https))$/,
  },
  render: { rooms: ['std'], outside: /^node:(child_process|fs|fs\/promises|os|path)$/ },
  app: {
    rooms: ['delivery', 'domain', 'tree', 'git', 'store', 'render', 'outbound', 'std'],
    outside: /^node:(crypto|stream)$|^kubernetes-models\/_schemas\/\w+$/,
  },
  http: {
    rooms: ['app', 'contract', 'domain', 'std'],
    outside: /^(fastify|@fastify\/(cookie|helmet)|prom-client|node:(crypto|http|net|stream|zlib))$/,
  },
  agents: { rooms: ['app', 'contract', 'domain', 'std'], outside: /^(@grpc\/grpc-js|zod|node:crypto)$/ },
  agent: {
    rooms: ['contract', 'domain', 'tree', 'std'],
    outside:
      /^(@grpc\/grpc-js|yaml|node:(crypto|fs|fs\/promises|http|https|path|readline|timers\/promises))$/,
  },
  cli: {
    rooms: ['contract', 'domain', 'std'],
    outside: /^(commander|picocolors|yaml|node:(stream|util|path|readline))$/,
  },
  'cli/hub': {
    rooms: ['cli', 'contract', 'domain', 'verify', 'std'],
    outside: /^(commander|yaml|node:(stream|path|readline))$/,
  },
  'cli/local': {
    rooms: ['cli/hub', 'cli', 'app', 'domain', 'tree', 'std'],
    outside: /^(commander|picocolors|yaml|node:(stream|util|path|readline))$/,
  },
  operate: {
    rooms: ['app', 'store', 'git', 'domain', 'std'],
    outside: /^node:(fs|fs\/promises|path|crypto)$/,
  },
  demo: {
    rooms: ['app', 'agent', 'domain', 'tree', 'git', 'std'],
    outside: /^(yaml|node:(fs|path|timers\/promises))$/,
  },
  bin: {
    rooms: [
      'cli',
      'cli/hub',
      'cli/local',
      'http',
      'agents',
      'agent',
      'demo',
      'operate',
      'app',
      'outbound',
      'store',
      'git',
      'contract',
      'domain',
      'tree',
      'std',
    ],
    outside: /^node:|^(commander|prom-client|zod)$/,
  },
  web: {
    rooms: ['contract', 'domain', 'tree', 'std'],
    outside:
      /^(react|react-dom\/client|zod|@tanstack\/react-(router|query|virtual)|@mantine\/(core|hooks|spotlight)(\/styles\.css)?|@tabler\/icons-react|@codemirror\/[\w-]+|@lezer\/highlight)$/,
  },
};
const pureRooms = new Set(['std', 'tree', 'domain', 'delivery', 'contract']);
// The two files of pure rooms that may wait: for an armed fault, and for the `fetch` that a client is handed.
const mayWait = new Set(['std/fail-point.ts', 'contract/client.ts']);
// What few need and many would wait for: the command line brings the server's code, its operator's, and the schemas of
// the wire, when they are asked for; schemas of Kubernetes are read when an object of their kind comes.
const mayComeLate = new Map([
  ['bin/commands.ts', /import\('\.\/(run-server|run-operation|serve-agent)\.ts'\)/g],
  ['app/kube-schemas.ts', /import\('kubernetes-models\/_schemas\/\w+'\)/g],
  ['bin/hub-access.ts', /import\('\.\.\/contract\/client\.ts'\)/g],
]);
// The command line knows the process only as the `Terminal` that bin hands it.
const processless = new Set(['cli', 'cli/hub', 'cli/local']);
// Sorting by the locale of the machine would make a plan depend on where it is made.
const impure =
  /\b(Buffer|process|Date\.now|new Date\(\)|Math\.random|async |await |localeCompare|toLocale\w*)\b/;
const src = resolve(import.meta.dirname, '../src');

const web = resolve(src, '../web');

/** The files of the console count as a room beside those of `src`. */
const pathOf = (file: string): string =>
  file.startsWith('web/') ? resolve(web, '..', file) : join(src, file);
const listIn = (folder: string, prefix: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test(?:-kit)?\.tsx?$/.test(file))
    .map((file) => `${prefix}${file}`);
const sources = [...listIn(src, ''), ...listIn(web, 'web/')].map((file) => ({
  file,
  text: readFileSync(pathOf(file), 'utf8'),
}));

const roomOf = (file: string): string => {
  const [first = '', second = ''] = file.replace(/^\.\.\/web\//, 'web/').split('/');
  return `${first}/${second}` in rooms ? `${first}/${second}` : first;
};

/** Names of everything that is imported or exported from elsewhere; pages of the console are loaded when they are shown. */
const importsOf = (text: string): string[] =>
  [
    ...text.matchAll(/^(?:import|export)\b[^;]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm),
  ].map(([, named, bare, lazy]) => named ?? bare ?? lazy ?? '');

function complaints(file: string, text: string): string[] {
  const room = roomOf(file);
  const rule = rooms[room];
  if (!rule) return [`${file}: there is no room "${room}"`];
  const found: string[] = [];
  for (const name of importsOf(text)) {
    if (name.startsWith('.')) {
      const to = roomOf(relative(src, resolve(dirname(pathOf(file)), name)));
      if (to !== room && !rule.rooms.includes(to)) found.push(`${file}: ${room} must not import ${to}`);
    } else if (!rule.outside.test(name)) {
      found.push(`${file}: ${room} must not touch ${name}`);
    }
  }
  if (room !== 'web' && /\bimport\(/.test(text.replaceAll(mayComeLate.get(file) ?? '', '')))
    found.push(`${file}: imports stand at the top, where this test sees them`);
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  if (processless.has(room) && /\b(process|console)\./.test(code)) {
    found.push(`${file}: ${room} must not touch the process; use its Terminal`);
  }
  if (pureRooms.has(room) && !mayWait.has(file)) {
    const word = impure.exec(code)?.[0];
    if (word) found.push(`${file}: ${room} is pure and must not use ${word.trim()}`);
  }
  return found;
}

test('imports go downward and pure rooms stay pure', () => {
  expect(sources.flatMap(({ file, text }) => complaints(file, text))).toEqual([]);
});

test('no drawers, no giants', () => {
  const drawers = /(^|\/)(utils?|helpers?|common|misc|manager|service|base|impl)(\.tsx?$|\/)/;
  expect(sources.filter(({ file }) => drawers.test(file)).map(({ file }) => file)).toEqual([]);
  expect(sources.filter(({ text }) => text.split('\n').length > 301).map(({ file }) => file)).toEqual([]);
  expect(sources.filter(({ file }) => file.startsWith('std/')).length).toBeLessThanOrEqual(6);
});

test('the guard itself notices a broken rule', () => {
  expect(complaints('tree/x.ts', "import { readFileSync } from 'node:fs';")).toHaveLength(1);
  expect(complaints('domain/x.ts', "import type { Repository } from '../git/repository.ts';")).toHaveLength(
    1,
  );
  expect(complaints('domain/x.ts', 'const now = Date.now();')).toHaveLength(1);
  expect(
    complaints('cli/x.ts', "import { previewRollback } from '../app/preview-rollback.ts';"),
  ).toHaveLength(1);
  expect(complaints('cli/local/x.ts', 'process.exit(1);')).toHaveLength(1);
  expect(complaints('web/pages/x/x.ts', "import { x } from '../../../src/app/hub.ts';")).toHaveLength(1);
  expect(complaints('web/x.ts', "const x = import('node:fs');")).toHaveLength(1);
});

test('the table in ARCHITECTURE.md is this one', () => {
  const page = readFileSync(resolve(src, '../ARCHITECTURE.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([^`]+)` \| .* \| ([^|]+) \|$/gm)].map(
    ([, room = '', imports = '']) => [room, imports === '–' ? [] : imports.split(', ')],
  );
  expect(Object.fromEntries(rows)).toEqual(
    Object.fromEntries(Object.entries(rooms).map(([room, rule]) => [room, rule.rooms])),
  );
  expect(page.split('\n').length).toBeLessThanOrEqual(151);
});
