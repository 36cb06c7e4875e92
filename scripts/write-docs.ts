// npm run docs: writes the pages that are made from the code. A test fails when they differ from it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiPage } from './api-page.ts';
import { cliPage } from './cli-page.ts';
import { errorsPage } from './errors-page.ts';
import { recordHubTour, withHubTour } from './tour/hub-tour.ts';
import { schemaFiles } from './schema-files.ts';
import { recordTour, withTour } from './tour/readme-tour.ts';

const docs = join(import.meta.dirname, '../docs');
mkdirSync(join(docs, 'schema'), { recursive: true });
writeFileSync(join(docs, 'errors.md'), errorsPage());
writeFileSync(join(docs, 'api.md'), apiPage());
writeFileSync(join(docs, 'cli.md'), cliPage());
for (const [path, text] of schemaFiles()) writeFileSync(join(docs, path), text);
const readme = join(docs, '../README.md');
writeFileSync(
  readme,
  withHubTour(withTour(readFileSync(readme, 'utf8'), recordTour()), await recordHubTour()),
);
