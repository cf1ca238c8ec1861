/** Why the root key in a hardware token cannot be used, and what to do. */
const TEXTS = {
  settings_missing: [
    "This project's root key is in a hardware token",
    'Set NVFL_PKCS11_MODULE, NVFL_PKCS11_LABEL and NVFL_PKCS11_PIN_FILE.',
  ],
  library_missing: [
    'The package koffi, which loads PKCS#11 modules, is not installed',
    'Install it beside the dashboard: npm install -g koffi.',
  ],
  platform_unsupported: [
    'PKCS#11 modules cannot be used on this system',
    'Run the dashboard on a 64-bit Linux or macOS.',
  ],
  module_missing: ['There is no PKCS#11 module', 'Correct NVFL_PKCS11_MODULE.'],
  module_unusable: [
    'The PKCS#11 module cannot be loaded',
    'Let NVFL_PKCS11_MODULE name the module of this system for the token.',
  ],
  token_missing: ['There is no token with this label', 'Plug it in, or correct NVFL_PKCS11_LABEL.'],
  token_ambiguous: ['Several tokens have this label', 'Give each token a label of its own.'],
  pin_missing: ['The PIN of the token was not given', 'Set NVFL_PKCS11_PIN_FILE.'],
  pin_wrong: [
    'The token refused the PIN',
    'Correct it before trying again: tokens lock themselves after a few wrong PINs.',
  ],
  pin_locked: ['The token has locked its PIN', "Unlock it with the token's own tools."],
  key_missing: ['The token does not contain the root key', 'Use the token that the project was frozen with.'],
  key_ambiguous: ['The token contains several private keys with this label', 'Keep one of them.'],
  key_not_rsa: [
    'The key in the token is no RSA key',
    'NVFLARE accepts RSA roots only: choose another label.',
  ],
  key_too_short: ['The RSA key in the token has fewer than 2048 bits', 'Choose another label.'],
  failed: ['The token failed', 'Check the token and its log.'],
} as const;
export type HardwareErrorCode = keyof typeof TEXTS;

export class HardwareError extends Error {
  override readonly name = 'HardwareError';
  readonly code: HardwareErrorCode;
  readonly advice: string;

  constructor(code: HardwareErrorCode, detail: string, options: ErrorOptions = {}) {
    const [text, advice] = TEXTS[code];
    super(detail === '' ? `${text}.` : `${text}: ${detail}.`, options);
    this.code = code;
    this.advice = advice;
  }
}
