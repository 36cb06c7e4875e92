import type { Impact, PlannedField, ServiceChange } from './plan.ts';

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const bindingFile = /^(kustomization\.ya?ml|Kustomization|Chart\.yaml|Chart\.lock)$/;

/** A variables file changes whole variables: its top-level keys. */
const isVariable = (field: PlannedField): boolean => fileName(field.file) === 'variables.yaml';
const isBinding = (field: PlannedField): boolean =>
  fileName(field.file) === 'service.yaml' && /#\/binding(\/|$)/.test(field.address);

const variableName = (field: PlannedField): string => {
  const [file = '', steps = ''] = field.address.split('#');
  return `${file}#${steps.split('/')[1] ?? ''}`;
};

/**
 * Counts what a plan touches. A binding is a service's kustomization, chart or `binding` block; a variable is a
 * top-level key of a variables.yaml. Fields are counted where files can be told apart by fields.
 */
export function impactOf(services: readonly ServiceChange[]): Impact {
  const files = services.flatMap((service) => service.files);
  const fields = services.flatMap((service) => service.fields);
  const bindings = new Set([
    ...files.filter(({ path }) => bindingFile.test(fileName(path))).map(({ path }) => path),
    ...fields.filter(isBinding).map(({ file }) => file),
  ]);
  return {
    services: services.filter(({ service }) => service !== null).length,
    bindings: bindings.size,
    variables: new Set(fields.filter(isVariable).map(variableName)).size,
    fields: fields.length,
    files: files.length,
  };
}
