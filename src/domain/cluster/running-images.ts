/** The label of an inventory under which our agent tells the images of a workload, between commas. */
export const imagesLabel = 'knowngood.dev/images';

/** A label this long was cut: its last name is half a name. */
export const longestImages = 4000;

/** The images of a workload; empty where its agent does not tell them. */
export function imagesIn(labels: Readonly<Record<string, string>>): readonly string[] {
  const text = labels[imagesLabel] ?? '';
  const names = text.split(',').filter((name) => name !== '');
  return text.length < longestImages ? names : names.slice(0, -1);
}
