/**
 * True when a text of YAML or JSON may hold values that must not be shown: a Kubernetes Secret, also one in a list, a
 * kustomize secret generator, or what SOPS has sealed. It looks at words alone, so that a broken file is covered too.
 */
export const holdsSecret = (text: string): boolean =>
  /\bkind["']?\s*:\s*["']?Secret(?:List)?["']?(?![\w-])/.test(text) ||
  /\bsecretGenerator["']?\s*:/.test(text) ||
  /^["']?sops["']?\s*:|"sops"\s*:/m.test(text);
