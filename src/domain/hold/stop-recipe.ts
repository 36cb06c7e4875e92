import type { HeldField } from './hold.ts';

/** How to keep a bot from bringing a held value back once more. */
export interface StopRecipe {
  readonly bot: 'argocd-image-updater' | 'flux' | 'renovate';
  /** Where the lines go. */
  readonly where: string;
  readonly lines: readonly string[];
}

/** The recipe for whoever wrote the commit, if it is a bot that we know by its name. */
export function stopRecipe(
  author: string,
  hold: Pick<HeldField, 'file' | 'field' | 'value'>,
): StopRecipe | undefined {
  if (/image[- ]updater/i.test(author)) return imageUpdater(hold);
  if (/\bflux/i.test(author)) return flux(hold);
  return /\brenovate/i.test(author) ? renovate(hold) : undefined;
}

type Held = Pick<HeldField, 'file' | 'field' | 'value'>;

/** The tag of a value, which may be a whole image. */
function tagOf({ value }: Held): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[^@]*\/[^@:]*:([^@:/]+)/.exec(text)?.[1] ?? text;
}

const imageUpdater = (hold: Held): StopRecipe => ({
  bot: 'argocd-image-updater',
  where: 'in the annotations of the Application, with the alias that its image-list gives the image',
  lines: [`argocd-image-updater.argoproj.io/ALIAS.ignore-tags: ${JSON.stringify(tagOf(hold))}`],
});

const flux = ({ file, field }: Held): StopRecipe => ({
  bot: 'flux',
  where: `in the ImageUpdateAutomation that writes ${file}; or take the $imagepolicy comment off ${field} there, which stops it for this field alone`,
  lines: ['spec:', '  suspend: true'],
});

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);

const renovate = (hold: Held): StopRecipe => ({
  bot: 'renovate',
  where: 'in the configuration of Renovate, such as renovate.json',
  lines: JSON.stringify(
    { packageRules: [{ matchFileNames: [hold.file], allowedVersions: `!/^${escaped(tagOf(hold))}$/` }] },
    undefined,
    2,
  ).split('\n'),
});
