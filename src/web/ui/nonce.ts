/** The nonce that the content security policy of this very response allows. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

/** Hands the nonce to the library that locks scrolling below dialogs: it reads this global for its style element. */
export const publishNonce = (): void => {
  Object.defineProperty(globalThis, '__webpack_nonce__', { value: styleNonce() });
};
