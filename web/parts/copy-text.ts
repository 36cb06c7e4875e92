/** Puts text into the clipboard. True when it is there; pages without https have only the old way. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.setAttribute('readonly', '');
  area.style.position = 'fixed';
  area.style.opacity = '0';
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const copied = oldCopy();
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}

/** The command of old browsers, which has no replacement outside of secure pages. */
const oldCopy = (): boolean => {
  const { execCommand } = document as unknown as { readonly execCommand: (name: string) => boolean };
  return execCommand.call(document, 'copy');
};
