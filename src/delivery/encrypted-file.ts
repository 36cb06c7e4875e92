/** Names of keys as SOPS writes them: age, PGP, the clouds and Vault. */
const recipient =
  /"?\b(?:recipient|fp|arn|resource_id|vault_url|vaultUrl|key_name)"?\s*[:=]\s*"?([^\s",]{3,300})/g;
const longestText = 4 * 1024 * 1024;

/** True for a file that SOPS encrypted, in any of its formats. */
export const isSopsFile = (text: string): boolean =>
  text.length <= longestText &&
  text.includes('ENC[AES256_GCM,') &&
  /(?:^|[\s{,])(?:"sops"\s*:|sops:|sops_mac=|\[sops\])/m.test(text);

/** Whom a file of SOPS is encrypted for, sorted. Empty where it does not say. */
export const sopsRecipients = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(recipient)].map(([, name]) => name ?? ''))].toSorted();
