import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Order } from '../../../test/kit/memory-trees.ts';
import { type Planned, type UndoCase, rollBack, undo } from '../../../test/kit/plans.ts';
import { explainPlan } from './explain-plan.ts';
import { digestText } from './plan-digest.ts';
import { Refusal } from '../refusal/refusal.ts';

// Laws of plans, tried on fleets made at random. Texts keep comments and odd spacing, as people's files do.

type Files = Readonly<Record<string, string>>;

const scalar = fc.constantFrom('1', '2', 'v1', '"v2"', 'true', "'x y'", '~', '1.20');
const comment = fc.constantFrom('', ' # why', '   # keep');
const line = (key: string) => fc.tuple(scalar, comment).map(([value, note]) => `${key}: ${value}${note}\n`);
const some = (text: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.option(text, { nil: '' });
const item = (name: string) =>
  fc.tuple(scalar, comment).map(([value, note]) => `  - name: ${name}\n    value: ${value}${note}\n`);
const items = fc.subarray(['A', 'B', 'C'], { minLength: 1 }).chain((names) => fc.tuple(...names.map(item)));
const yaml = fc
  .tuple(line('kind'), some(line('replicas')), line('  tag'), some(line('  name')), items)
  .map(
    ([kind, replicas, tag, name, list]) =>
      `# top\n${kind}${replicas}image:\n${tag}${name}\nenv:\n${list.join('')}`,
  );
const text = fc.oneof(
  { weight: 8, arbitrary: yaml },
  { weight: 1, arbitrary: fc.constantFrom('', 'not yaml: [', '- 1\n') },
);

const paths = [
  ...['acme', 'globex'].flatMap((tenant) =>
    ['api/service.yaml', 'api/values.yaml', 'web/service.yaml', 'environment.yaml'].map(
      (file) => `tenants/${tenant}/production/${file}`,
    ),
  ),
  'tenants/acme/staging/api/service.yaml',
  'tenants/acme/variables.yaml',
  'variables.yaml',
  'README',
];
const always = 'tenants/acme/production/api/service.yaml';
const filesWith = (contents: fc.Arbitrary<string>): fc.Arbitrary<Files> =>
  fc
    .record(Object.fromEntries(paths.map((path) => [path, fc.option(contents, { nil: undefined, freq: 5 })])))
    .map((all) =>
      Object.fromEntries(
        Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
      ),
    )
    .chain((all) => yaml.map((own) => ({ ...all, [always]: own })));
const files = filesWith(text);

const inFull = (path: string): boolean => path.startsWith('tenants/acme/production/');
const inService = (path: string): boolean => path.startsWith('tenants/acme/production/api/');

const changed = (before: Files, after: Files): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (path) => before[path] !== after[path],
  );

const apiFields = ({
  plan,
  trees,
}: Planned): readonly { readonly file: string; readonly address: string }[] =>
  trees.run(explainPlan(plan)).services.flatMap(({ fields }) => fields);

test('a rollback to what is there changes nothing and says so, in every mode', () => {
  fc.assert(
    fc.property(files, fc.constantFrom(undefined, 'api'), (now, service) => {
      const { plan, files: result } = rollBack({ now, past: now, ...(service ? { service } : {}) });
      expect(plan).toMatchObject({ edits: [], sources: [], services: [], shared: [], hazards: [] });
      expect(plan.impact).toEqual({ services: 0, bindings: 0, variables: 0, fields: 0, files: 0 });
      expect(changed(now, result)).toEqual([]);
      expect(() => rollBack({ now, past: now, service: 'api', fields: ['image.tag'] })).toThrow(Refusal);
    }),
  );
});

test('full mode makes the tenant-environment as it was, service mode the service, and neither anything else', () => {
  fc.assert(
    fc.property(files, files, (now, past) => {
      const wanted = (inside: (path: string) => boolean): Files => ({
        ...Object.fromEntries(Object.entries(now).filter(([path]) => !inside(path))),
        ...Object.fromEntries(Object.entries(past).filter(([path]) => inside(path))),
      });
      expect(rollBack({ now, past }).files).toEqual(wanted(inFull));
      expect(rollBack({ now, past, service: 'api' }).files).toEqual(wanted(inService));
    }),
  );
});

test('a field is within its service, and a service within its tenant-environment', () => {
  fc.assert(
    fc.property(files, files, fc.nat(), (now, past, pick) => {
      const service = rollBack({ now, past, service: 'api' });
      const fields = apiFields(service);
      const [whole, part] = [rollBack({ now, past }), service].map(({ files: result }) =>
        changed(now, result),
      );
      expect(whole).toEqual(expect.arrayContaining(part ?? []));
      const field = fields[pick % Math.max(1, fields.length)];
      fc.pre(field !== undefined);
      const one = rollBack({ now, past, service: 'api', fields: [field.address] });
      expect([[], [field.file]]).toContainEqual(changed(now, one.files));
      expect(one.plan.refused.length > 0 || one.plan.edits.length === 1).toBe(true);
    }),
  );
});

test('all changed fields of a service together mean what the whole files mean', () => {
  let refused = 0;
  fc.assert(
    fc.property(files, files, (now, past) => {
      const whole = rollBack({ now, past, service: 'api' });
      const fields = apiFields(whole);
      fc.pre(fields.length > 0);
      const { plan, files: result } = rollBack({
        now,
        past,
        service: 'api',
        fields: fields.map((one) => one.address),
      });
      refused += plan.refused.length > 0 ? 1 : 0;
      for (const file of plan.refused.length > 0 ? [] : new Set(fields.map((one) => one.file)))
        expect({ file, is: parse(result[file] ?? '') as unknown }).toEqual({
          file,
          is: parse(past[file] ?? '') as unknown,
        });
    }),
  );
  // Within what this generator makes there is hardly a reason to refuse.
  expect(refused).toBeLessThan(10);
});

/** Nothing when everything that the commit changed has changed again since. */
function undoUnlessConflict(of: UndoCase): Planned | undefined {
  try {
    return undo(of);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'undo_conflict') return undefined;
    throw error;
  }
}

test('undo of undo restores the bytes, whatever happened since', () => {
  fc.assert(
    fc.property(files, files, filesWith(yaml), fc.boolean(), (found, left, later, since) => {
      const now = since ? { ...left, README: later['README'] ?? 'x', [always]: later[always] ?? '' } : left;
      fc.pre(changed(found, left).length > 0);
      const first = undoUnlessConflict({ found, left, now });
      fc.pre(first !== undefined && first.plan.edits.length > 0);
      expect(undo({ found: now, left: first.files, now: first.files }).files).toEqual(
        Object.fromEntries(Object.entries(now).toSorted(([a], [b]) => (a < b ? -1 : 1))),
      );
    }),
  );
});

test('a plan is the same whatever the order in which its objects arrive, and so is its digest', () => {
  fc.assert(
    fc.property(files, files, fc.boolean(), fc.integer(), (now, past, wide, seed) => {
      const shuffled: Order = (oids) =>
        oids.toSorted(
          (a, b) => (Number.parseInt(a.slice(0, 8), 16) ^ seed) - (Number.parseInt(b.slice(0, 8), 16) ^ seed),
        );
      const query = {
        now,
        past,
        includeShared: wide,
        keep: ['**#/replicas'],
        ...(wide ? {} : { service: 'api' }),
      };
      const [plain, other] = [rollBack(query).plan, rollBack({ ...query, order: shuffled }).plan];
      expect(other).toEqual(plain);
      expect(digestText(other)).toBe(digestText(plain));
    }),
  );
});
