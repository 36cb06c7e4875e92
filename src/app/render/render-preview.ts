import type { RenderedChange } from '../../domain/rendered/rendered-change.ts';
import { openRenderer } from '../../render/renderer.ts';
import type { OpenedBranch } from '../open-branch.ts';
import type { PlannedChange } from '../plan-preview.ts';
import { refusing } from '../refuse-git.ts';
import { requireLayout } from '../choose-scope.ts';
import { goesBack } from '../../domain/plan/plan-parts.ts';
import { renderChange } from './render-change.ts';

/** The rendered objects of a change that was previewed in a repository here. Takes seconds; writes nothing to it. */
export const renderPreview = refusing(
  async (opened: OpenedBranch, { result, plan }: PlannedChange): Promise<RenderedChange> => {
    const { change } = await renderChange(openRenderer(), {
      reader: opened.reader,
      before: opened.base.tree,
      result,
      layout: requireLayout(opened),
      project: opened.project,
      back: goesBack(plan),
      // It is all in the repository of who asks.
      mayRead: () => true,
    });
    return change;
  },
);
