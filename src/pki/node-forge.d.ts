import 'node-forge';

declare module 'node-forge' {
  namespace asn1 {
    /** The library's options, which its types do not name. */
    function fromDer(
      bytes: Bytes,
      options: { readonly strict: boolean; readonly decodeBitStrings: boolean },
    ): Asn1;
  }
}
