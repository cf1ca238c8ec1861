import type { FactorProof, PasskeyCreation, PasskeyRequest } from '../../api/views.ts';

const ADDRESS = /^[\d.]+$|^\[/;

/** Whether this browser can use passkeys here, and why it cannot. */
export const passkeySupport = (): 'available' | 'insecure' | 'address' | 'missing' => {
  if (ADDRESS.test(location.hostname)) {
    return 'address';
  }
  if (!globalThis.isSecureContext) {
    return 'insecure';
  }
  return 'PublicKeyCredential' in globalThis ? 'available' : 'missing';
};

/** The browser or the person ended it. */
export class PasskeyError extends Error {
  override readonly name = 'PasskeyError';
  /** This authenticator holds a passkey of the account already. */
  readonly known: boolean;

  constructor(known: boolean, cause: unknown) {
    super('the browser gave no passkey', { cause });
    this.known = known;
  }
}

const fromBrowser = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    throw new PasskeyError(error instanceof Error && error.name === 'InvalidStateError', error);
  }
};

/** Lets the browser create a passkey. @throws PasskeyError */
export const createPasskey = async (optionsJSON: PasskeyCreation) => {
  const { startRegistration } = await import('@simplewebauthn/browser');
  const { id, rawId, response } = await fromBrowser(startRegistration({ optionsJSON }));
  const { clientDataJSON, attestationObject, transports = [] } = response;
  const type = 'public-key' as const;
  return { id, rawId, type, response: { clientDataJSON, attestationObject, transports } };
};

/** Lets a passkey sign. @throws PasskeyError */
export const signWithPasskey = async (
  optionsJSON: PasskeyRequest,
): Promise<NonNullable<FactorProof['passkey']>> => {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const { id, rawId, response } = await fromBrowser(startAuthentication({ optionsJSON }));
  const { clientDataJSON, authenticatorData, signature } = response;
  return { id, rawId, type: 'public-key', response: { clientDataJSON, authenticatorData, signature } };
};
