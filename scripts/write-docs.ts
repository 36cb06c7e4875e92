// npm run docs: writes the pages that are made from the code. A test fails when they differ from it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiPage } from './api-page.ts';
import { errorsPage } from './errors-page.ts';

const docs = join(import.meta.dirname, '../docs');
mkdirSync(docs, { recursive: true });
writeFileSync(join(docs, 'errors.md'), errorsPage());
writeFileSync(join(docs, 'api.md'), apiPage());
