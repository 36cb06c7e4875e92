/** The nonce of this page: styles that libraries add carry it, or the browser drops them. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
