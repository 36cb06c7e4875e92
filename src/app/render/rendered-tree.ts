import { type Generator, generatorOf } from '../../delivery/regenerate.ts';
import type { Layout } from '../../domain/layout/layout.ts';
import type { Project } from '../../domain/layout/project-file.ts';
import type { ObjectReader } from '../../git/object-reader.ts';
import type { Oid } from '../../tree/object.ts';

/** One of the two trees, with what reads it. */
export interface RenderedTree {
  readonly reader: ObjectReader;
  readonly root: Oid;
  readonly layout: Layout;
  readonly project: Project | undefined;
}

/** The generator of a tree, as its project file says. */
export const generatorIn = ({ project }: RenderedTree): Generator | undefined =>
  project && generatorOf(project);
