import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';

const USER_PRESENT = 0x01;
const ATTESTED = 0x40;
const AAGUID = Buffer.alloc(16);

const sha256 = (data: Uint8Array | string): Buffer => createHash('sha256').update(data).digest();
const base64url = (data: Uint8Array): string => Buffer.from(data).toString('base64url');
const fromBase64url = (text: string): Buffer => Buffer.from(text, 'base64url');

/** A byte string of CBOR (RFC 8949) of 24 to 255 bytes. */
const cborBytes = (data: Buffer): Buffer => Buffer.concat([Buffer.from([0x58, data.length]), data]);

const cborText = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0x60 | text.length]), Buffer.from(text)]);

/** An ES256 key as COSE writes it (RFC 9052): kty EC2, alg ES256, crv P-256, x, y. */
const coseKey = (key: KeyObject): Buffer => {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    cborBytes(fromBase64url(x)),
    Buffer.from([0x22]),
    cborBytes(fromBase64url(y)),
  ]);
};

/** Describes what a test lets a browser or authenticator send other than it should. */
export interface Deviation {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly counter?: number;
  readonly type?: string;
}

interface Options {
  readonly challenge: string;
}

/** A security key with one ES256 credential, and the browser before it, for one origin. */
export class Authenticator {
  readonly #origin: string;
  readonly #rpId: string;
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly id = base64url(randomBytes(32));
  counter = 0;

  constructor(origin: string) {
    this.#origin = origin;
    this.#rpId = new URL(origin).hostname;
  }

  #clientData(type: string, { challenge }: Options, deviation: Deviation): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: deviation.type ?? type,
        challenge: deviation.challenge ?? challenge,
        origin: deviation.origin ?? this.#origin,
        crossOrigin: false,
      }),
    );
  }

  #authenticatorData(flags: number, deviation: Deviation, attested = Buffer.alloc(0)): Buffer {
    const counter = Buffer.alloc(4);
    this.counter += 1;
    counter.writeUInt32BE(deviation.counter ?? this.counter);
    const rpId = sha256(deviation.rpId ?? this.#rpId);
    return Buffer.concat([rpId, Buffer.from([flags]), counter, attested]);
  }

  /** As `navigator.credentials.create` returns it. */
  create(options: Options, deviation: Deviation = {}) {
    const credential = fromBase64url(this.id);
    const length = Buffer.from([0, credential.length]);
    const attested = Buffer.concat([AAGUID, length, credential, coseKey(this.#keys.publicKey)]);
    const data = this.#authenticatorData(USER_PRESENT | ATTESTED, deviation, attested);
    const attestation = Buffer.concat([
      Buffer.from([0xa3]),
      cborText('fmt'),
      cborText('none'),
      cborText('attStmt'),
      Buffer.from([0xa0]),
      cborText('authData'),
      cborBytes(data),
    ]);
    return {
      id: this.id,
      rawId: this.id,
      type: 'public-key',
      response: {
        clientDataJSON: base64url(this.#clientData('webauthn.create', options, deviation)),
        attestationObject: base64url(attestation),
        transports: ['usb'],
      },
    };
  }

  /** As `navigator.credentials.get` returns it. */
  sign(options: Options, deviation: Deviation = {}) {
    const clientData = this.#clientData('webauthn.get', options, deviation);
    const data = this.#authenticatorData(USER_PRESENT, deviation);
    const signature = createSign('sha256')
      .update(data)
      .update(sha256(clientData))
      .sign(this.#keys.privateKey);
    return {
      id: this.id,
      rawId: this.id,
      type: 'public-key',
      response: {
        clientDataJSON: base64url(clientData),
        authenticatorData: base64url(data),
        signature: base64url(signature),
      },
    };
  }
}
