import { expect, test } from 'vitest';
import { passwordHasher } from './passwords.ts';

test('a password is known again, in either Unicode form, and no other is', async () => {
  const { hash, verify } = passwordHasher();
  const kept = await hash('corréct horse');
  expect(kept).toMatch(/^scrypt\$17\$8\$1\$[\w+/]{22}==\$[\w+/]{43}=$/);
  expect(await verify('corréct horse'.normalize('NFD'), kept)).toBe(true);
  expect(await verify('correct horse', kept)).toBe(false);
  expect(await verify('', kept)).toBe(false);
});

test('where there is no password, none is right, and the answer takes as long', async () => {
  const { hash, verify } = passwordHasher();
  const kept = await hash('x');
  const took = async (stored: string | undefined): Promise<number> => {
    const start = performance.now();
    expect(await verify('y', stored)).toBe(false);
    return performance.now() - start;
  };
  const [known, unknown] = [await took(kept), await took(undefined)];
  // The difference that would matter is between 0.3 s and nothing at all.
  expect(unknown).toBeGreaterThan(known / 4);
});

test('a flood is turned away before it takes the memory', async () => {
  const { verify } = passwordHasher(1);
  const answers = await Promise.allSettled(Array.from({ length: 5 }, () => verify('y', undefined)));
  const refused = answers.filter((answer) => answer.status === 'rejected');
  expect(refused).toHaveLength(2);
  expect(refused[0]?.reason).toMatchObject({ code: 'busy' });
});
