import { expect, test } from 'vitest';
import { chartHazards, decideCharts } from './chart-hazards.ts';

const asked = (version: string, found: 'there' | 'missing' | 'unknown', reason?: string) => ({
  repository: 'https://charts.example.com',
  name: 'redis',
  version,
  file: 'tenants/acme/production/cache/service.yaml',
  line: 5,
  found,
  reason,
});

test('a missing chart is a hazard with its line, and nothing is said of one that is there', () => {
  expect(chartHazards([asked('1.0.0', 'there'), asked('9.9.9', 'missing')])).toEqual([
    {
      code: 'chart_missing',
      message:
        'chart redis 9.9.9 is missing (tenants/acme/production/cache/service.yaml:5): https://charts.example.com shows no such version, so that nothing could be rendered from it',
      blocking: false,
      paths: ['tenants/acme/production/cache/service.yaml'],
    },
  ]);
  expect(chartHazards([asked('1.0.0', 'there')])).toEqual([]);
});

test('all that is unknown is one hazard that says why and counts the rest', () => {
  const many = Array.from({ length: 6 }, (_, index) => asked(`1.0.${index}`, 'unknown', 'answered 500'));
  const [only, ...others] = chartHazards(many, 3);
  expect(others).toEqual([]);
  expect(only?.code).toBe('chart_unknown');
  expect(only?.message).toMatch(
    /^unknown whether these charts are there: chart redis 1\.0\.0 \(https:\/\/charts\.example\.com answered 500\), .*, 4 more$/,
  );
  expect(chartHazards(many.slice(0, 1))[0]?.message).not.toContain('more');
});

test('something new is refused with file and line where its chart is missing, and not where nobody can tell', () => {
  expect(decideCharts([asked('1.0.0', 'there'), asked('1.0.1', 'unknown')]).allowed).toBe(true);
  expect(decideCharts([asked('1.0.0', 'there'), asked('9.9.9', 'missing')])).toMatchObject({
    allowed: false,
    refusal: {
      code: 'delivery_invalid',
      message:
        'tenants/acme/production/cache/service.yaml:5: asks for the chart redis 9.9.9, and https://charts.example.com shows no such version; name one that it has',
    },
  });
});

test('no secret of an address, and no long text, gets into a hazard or a refusal', () => {
  const repository = `https://jane:canary@charts.example.com/${'x'.repeat(1024 ** 2)}?token=canary`;
  const [missing, unknown] = [asked('9.9.9', 'missing'), asked('1.0.0', 'unknown')].map((chart) => ({
    ...chart,
    repository,
    name: 'n'.repeat(1024 ** 2),
  }));
  const said = JSON.stringify([
    chartHazards([missing, unknown].flatMap((chart) => chart ?? [])),
    decideCharts(missing ? [missing] : []),
  ]);
  expect(said).toContain('https://…@charts.example.com/xxx');
  expect(said).not.toContain('canary');
  expect(said.length).toBeLessThan(3000);
});
