/** The nonce of this page's content security policy, for libraries that add style elements. */
export const cspNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

// Radix's scroll lock asks for the nonce under this name.
if (cspNonce) Object.defineProperty(globalThis, '__webpack_nonce__', { value: cspNonce });
