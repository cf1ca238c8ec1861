declare module 'node-forge/lib/asn1.js' {
  import { asn1 } from 'node-forge';
  export default asn1;
}

declare module 'node-forge/lib/util.js' {
  import { util } from 'node-forge';
  export default util;
}

declare module 'node-forge/lib/rc2.js' {
  import { util } from 'node-forge';
  interface Rc2Cipher {
    start: (vector: string) => void;
    update: (payload: util.ByteBuffer) => void;
    finish: () => boolean;
    output: util.ByteBuffer;
  }
  interface Rc2 {
    createDecryptionCipher: (key: string, bits: number) => Rc2Cipher;
  }
  const rc2: Rc2;
  export default rc2;
}
