/**
 * startup/place-key.sh of a kit without a key: puts the key that was generated elsewhere beside its certificates, with
 * the cryptography package that NVFLARE itself requires.
 */
export const PLACE_KEY_SH = `#!/usr/bin/env bash
# Puts the private key beside its certificate: place-key.sh KEY
# Nothing is changed unless the key belongs to the certificate.
set -u
here=$(cd "$(dirname "\${BASH_SOURCE[0]}")" && pwd -P) || exit 1
if [ $# -ne 1 ]; then
  echo "usage: place-key.sh KEY" >&2
  exit 2
fi
exec python3 - "$here" "$1" <<'PYTHON'
import os, sys
from cryptography import x509
from cryptography.hazmat.primitives import serialization

folder, source = sys.argv[1:]


def content(path):
    with open(path, "rb") as file:
        return file.read()


def spki(public_key):
    return public_key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


try:
    key = serialization.load_pem_private_key(content(source), None)
except (OSError, TypeError, ValueError) as error:
    sys.exit("The key cannot be read: %s" % error)

names = sorted(name[:-4] for name in os.listdir(folder) if name.endswith(".crt"))
for name in names:
    certificate = x509.load_pem_x509_certificate(content(os.path.join(folder, name + ".crt")))
    if spki(certificate.public_key()) != spki(key.public_key()):
        sys.exit("The key does not belong to %s.crt. Nothing was changed." % name)

pem = key.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
)
for name in names:
    target = os.path.join(folder, name + ".key")
    part = target + ".part"
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(pem)
    os.replace(part, target)
    print("placed: " + target)
PYTHON
`;
