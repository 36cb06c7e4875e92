import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('a query for the first of many says so to the database too', () => {
  // Kysely's executeTakeFirst reads every row and keeps one: without a limit, an append to the audit log read it all.
  const unlimited = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const statements = readFileSync(join(import.meta.dirname, file), 'utf8').split(/;\n/);
      return statements
        .flatMap((statement) => statement.split(/(?=\.(?:selectFrom|updateTable|insertInto|deleteFrom)\()/))
        .filter(
          (query) => /\.orderBy\([^)]*\)[\s\S]*executeTakeFirst/.test(query) && !query.includes('.limit('),
        )
        .map(() => file);
    });
  expect(unlimited).toEqual([]);
});
