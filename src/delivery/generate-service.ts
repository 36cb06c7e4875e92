import type { ArgoCdSettings } from '../domain/layout/argocd-settings.ts';
import { PROJECT_FILE } from '../domain/layout/project-file.ts';
import type { FieldValue } from '../tree/fields/change.ts';
import { isMapping } from '../tree/fields/is-mapping.ts';
import { type Naming, applicationName } from './application-name.ts';
import { argocdApplication } from './argocd-application.ts';
import type { DeliveryPlaces, ServicePlace } from './delivery-places.ts';
import { generatedText } from './generated-file.ts';
import { helmValues } from './helm-values.ts';
import { overlayOf } from './kustomization.ts';
import {
  type Manifest,
  type SourceFile,
  identityOf,
  groupOf,
  kindOf,
  manifestOf,
  nameOf,
  readManifests,
} from './manifest-set.ts';
import { mergePatch } from './merge-patch.ts';
import { type Fill, type ReadMapping, readYaml, valueOfRead } from './read-yaml.ts';
import type { EnvironmentFile, ServiceFile } from './service-file.ts';
import { relativePath } from './source-path.ts';
import { type At, deliveryFault } from './variable.ts';
import { type EnvironmentVariable, setImage, setWorkload } from './workload.ts';
import { readYamlFile } from './yaml-file.ts';

/** Everything that the files of one service are made from. */
export interface ServiceInputs {
  readonly place: ServicePlace;
  readonly service: ServiceFile;
  readonly environment: EnvironmentFile;
  readonly fill: Fill;
  /** What lies in the source folder: manifests alone. */
  readonly sources: readonly SourceFile[];
  readonly patches: readonly SourceFile[];
  readonly values: readonly SourceFile[];
  /** What Argo CD will render of this repository besides the generated files, and what that is now. */
  readonly rendered: readonly string[];
}

/** The same for all services of a project. */
export interface GeneratorSettings {
  readonly places: DeliveryPlaces;
  readonly naming: Naming;
  readonly argocd: ArgoCdSettings | undefined;
}

/** The generated files of a service, by path. Same inputs, same bytes. Throws delivery_invalid with file and line. */
export function generateService(
  inputs: ServiceInputs,
  settings: GeneratorSettings,
): ReadonlyMap<string, string> {
  const { place, service, environment } = inputs;
  const { places, naming, argocd } = settings;
  const files = new Map<string, string>();
  const output = places.output(place);
  if (output === undefined) return files;
  for (const [name, { documents, notes = [] }] of filesOf(inputs, output))
    files.set(`${output}/${name}`, generatedText(service.at.file, documents, notes));
  const application = places.application(place);
  if (application === undefined) return files;
  if (!argocd) {
    const reason = `argocd.repoURL is missing: ${application} has to say where the cluster reads this repository`;
    throw deliveryFault({ file: PROJECT_FILE, line: 1 }, reason);
  }
  const name = applicationName(place, naming);
  const { binding } = service;
  const value = argocdApplication({ name, place, settings: argocd, environment, binding, output });
  return files.set(application, generatedText(service.at.file, [value]));
}

interface Content {
  readonly documents: readonly FieldValue[];
  readonly notes?: readonly string[];
}

function filesOf(inputs: ServiceInputs, output: string): ReadonlyMap<string, Content> {
  const { service, fill, values, rendered } = inputs;
  switch (service.binding.type) {
    case 'manifests':
      return manifestFiles(inputs, service.binding);
    case 'kustomize':
      return kustomizeFiles(inputs, relativePath(output, service.binding.source.path));
    default: {
      const [patch] = service.patches;
      if (patch) throw deliveryFault(patch.at, 'a chart has values and no patches; set them instead');
      return new Map([['values.yaml', { documents: [helmValues(service, values, fill)], notes: rendered }]]);
    }
  }
}

function manifestFiles(
  { service, sources, patches, place, fill }: ServiceInputs,
  { source, workload }: Extract<ServiceFile['binding'], { readonly type: 'manifests' | 'kustomize' }>,
): ReadonlyMap<string, Content> {
  const read = readManifests(sources, { folder: source.path, fill, at: source.at });
  const patched = patchesIn(patches, fill).reduce(applyPatch, read);
  const imaged = service.image ? setImage(patched, service.image) : patched;
  const finished = setWorkload(imaged, {
    at: service.values?.at ?? service.resources?.at ?? service.replicas?.at ?? service.at,
    service: place.service,
    workload,
    image: service.image,
    replicas: service.replicas,
    resources: service.resources && valueOfRead(service.resources),
    variables: service.values ? environmentVariables(service.values) : [],
  });
  const files = new Map<string, Content & { readonly documents: FieldValue[] }>();
  for (const { file, value } of finished) {
    const content = files.get(file) ?? { documents: [] };
    content.documents.push(value);
    files.set(file, content);
  }
  return files;
}

const patchesIn = (files: readonly SourceFile[], fill: Fill): readonly Manifest[] =>
  files.flatMap(({ path, text }) =>
    readYamlFile(path, text).documents.map((document) => {
      const read = readYaml(document, fill);
      return { at: read.at, file: path, value: manifestOf(valueOfRead(read), read.at) };
    }),
  );

function applyPatch(manifests: readonly Manifest[], patch: Manifest): readonly Manifest[] {
  const identity = identityOf(patch.value);
  // A patch seldom names the namespace, which the base seldom has.
  const found = manifests.filter(
    ({ value }) =>
      identityOf(value) === identity ||
      (groupOf(value) === groupOf(patch.value) &&
        kindOf(value) === kindOf(patch.value) &&
        nameOf(value) === nameOf(patch.value)),
  );
  const [only, second] = found;
  const what = `${kindOf(patch.value)} ${nameOf(patch.value)}`;
  if (!only || second)
    throw deliveryFault(
      patch.at,
      `the patch is for ${what}, and the source has ${found.length} of that name`,
    );
  return manifests.flatMap((manifest) => {
    if (manifest !== only) return [manifest];
    const merged = mergePatch(manifest.value, patch.value);
    return isMapping(merged) ? [{ ...manifest, value: merged }] : [];
  });
}

const references = new Set(['secretKeyRef', 'configMapKeyRef', 'fieldRef', 'resourceFieldRef']);
const variableName = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

function environmentVariables(values: ReadMapping): readonly EnvironmentVariable[] {
  return [...values.entries].map(([name, { at, value }]) => {
    if (!variableName.test(name)) throw deliveryFault(at, `${name} cannot be the name of a variable`);
    if (value.kind === 'scalar' && value.value !== null) return { name, value: value.text };
    const found = valueOfRead(value);
    const [key, second] = isMapping(found) ? Object.keys(found) : [];
    if (isMapping(found) && key !== undefined && references.has(key) && second === undefined)
      return { name, value: found };
    throw deliveryFault(
      at,
      `${name} must be a text, a number, true, false or a reference such as secretKeyRef`,
    );
  });
}

function kustomizeFiles(
  { service, place, patches, fill, rendered }: ServiceInputs,
  base: string,
): ReadonlyMap<string, Content> {
  if (service.resources)
    throw deliveryFault(service.resources.at, 'resources of a kustomize binding are set by a patch');
  const written = patchesIn(patches, fill);
  const names = written.map((_, index) => `patch-${index + 1}.yaml`);
  const values = service.values ? literals(service.values) : [];
  const overlay = overlayOf({ service, name: place.service, base, patches: names, values });
  return new Map<string, Content>([
    ['kustomization.yaml', { documents: [overlay], notes: rendered }],
    ...written.map(({ value }, index): [string, Content] => [names[index] ?? '', { documents: [value] }]),
  ]);
}

function literals(values: ReadMapping): readonly (readonly [string, string])[] {
  return [...values.entries].map(([name, { at, value }]) => {
    if (!/^[-._a-zA-Z0-9]+$/.test(name)) throw deliveryFault(at, `${name} cannot be a key of a ConfigMap`);
    if (value.kind === 'scalar' && value.value !== null) return [name, value.text] as const;
    throw refuseLiteral(name, value.kind === 'secret', at);
  });
}

const refuseLiteral = (name: string, secret: boolean, at: At) =>
  deliveryFault(
    at,
    secret
      ? `${name} is a secret, and values of a kustomize binding are a ConfigMap; refer to the Secret in a patch`
      : `${name} must be a text, a number, true or false`,
  );
