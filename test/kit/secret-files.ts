import type { CommitLiteral } from './fast-import.ts';
import { apiGateway, shopHistory } from './shop.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const secretNamed = (name: string): string => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\n`;

/** Files whose values nobody is shown, by their names, with two secrets each; the first changes from release to release. */
const files: Readonly<Record<string, (changing: string, staying: string) => string>> = {
  'data.yaml': (a, b) => `${secretNamed('data')}data:\n  a: ${base64(a)}\n  b: ${base64(b)}\n`,
  'text.yaml': (a, b) => `${secretNamed('text')}stringData:\n  a: "${a}"\n  b: "${b}"\n`,
  'copy.yaml': (a, b) =>
    `${secretNamed('copy')}  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n` +
    `      {"kind":"Secret","stringData":{"a":"${a}"}}\nstringData:\n  b: "${b}"\n`,
  'list.yaml': (a, b) =>
    `apiVersion: v1\nkind: List\nitems:\n  - kind: Secret\n    metadata: { name: x }\n` +
    `    stringData: { a: "${a}", b: "${b}" }\n`,
  'two.yaml': (a, b) =>
    `kind: ConfigMap\nmetadata: { name: two }\ndata: { a: x }\n---\n${secretNamed('two')}stringData: { a: "${a}", b: "${b}" }\n`,
  'data.json': (a, b) =>
    JSON.stringify({ kind: 'Secret', metadata: { name: 'json' }, stringData: { a, b } }, undefined, 2),
  'kustomization.yaml': (a, b) =>
    `secretGenerator:\n  - name: generated\n    literals:\n      - "a=${a}"\n      - "b=${b}"\n`,
  'sealed.yaml': (a, b) => `password: "${a}"\nsops:\n  mac: "${b}"\n  version: 3.9.0\n`,
  'broken.yaml': (a, b) => `${secretNamed('broken')}stringData:\n  a: "${a}\n  b: [${b}\n`,
};

const folder = apiGateway.replace(/[^/]+$/, '');

/** Where they are. */
export const secretFiles: readonly string[] = Object.keys(files).map((name) => `${folder}${name}`);

/** The shop, with secrets in files beside the service that is rolled back. `typed` makes a secret. */
export function secretHistory(typed: (name: string) => string): readonly CommitLiteral[] {
  const staying = Object.keys(files).map((name) => typed(`a value of ${name}`));
  return shopHistory.map((commit, at) => {
    const written = Object.entries(files).map(([name, text], index) => [
      `${folder}${name}`,
      text(typed(`a value of ${name} in commit ${at}`), staying[index] ?? ''),
    ]);
    return { ...commit, files: { ...commit.files, ...Object.fromEntries(written) } };
  });
}
