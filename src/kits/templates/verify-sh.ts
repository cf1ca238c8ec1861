/**
 * startup/verify.sh: checks the kit's files against signature.json, using the cryptography package that NVFLARE
 * itself requires. An attacker who changes files can change rootCA.pem and this script as well, so the script prints
 * the fingerprint of rootCA.pem, which the dashboard shows too.
 */
export const VERIFY_SH = `#!/usr/bin/env bash
# Checks that the files of this folder are as the dashboard signed them. Ends with 1 if one is not.
set -u
here=$(cd "$(dirname "\${BASH_SOURCE[0]}")" && pwd -P) || exit 1
exec python3 - "$here" <<'PYTHON'
import base64, json, os, sys
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

folder = sys.argv[1]


def content(name):
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


# A kit for a key from elsewhere has its signatures under this name, since NVFLARE 2.8 and later would ask for one of
# the key as well where there is a signature.json.
manifest = "kit-signatures.json"
if not os.path.exists(os.path.join(folder, manifest)):
    manifest = "signature.json"
try:
    root = x509.load_pem_x509_certificate(content("rootCA.pem"))
    signatures = json.loads(content(manifest))
except (OSError, ValueError) as error:
    sys.exit("cannot be checked: %s" % error)

pss = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=padding.PSS.MAX_LENGTH)
problems = []
for name in sorted(signatures):
    try:
        root.public_key().verify(base64.b64decode(signatures[name]), content(name), pss, hashes.SHA256())
    except (InvalidSignature, ValueError):
        problems.append("changed: " + name)
    except OSError:
        problems.append("missing: " + name)


def belongs(name):
    # A key that place-key.sh put here is not signed, but only one key fits the signed certificate.
    if not name.endswith(".key") or name[:-4] + ".crt" not in signatures:
        return False
    form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    try:
        key = serialization.load_pem_private_key(content(name), None)
        certificate = x509.load_pem_x509_certificate(content(name[:-4] + ".crt"))
    except (OSError, TypeError, ValueError):
        return False
    return key.public_key().public_bytes(*form) == certificate.public_key().public_bytes(*form)


for name in sorted(os.listdir(folder)):
    if belongs(name):
        continue
    if name not in signatures and name != manifest and os.path.isfile(os.path.join(folder, name)):
        problems.append("not signed: " + name)

for problem in problems:
    print(problem)
if problems:
    sys.exit(1)
print("%d files are as they were signed" % len(signatures))
print("rootCA.pem, SHA-256: " + root.fingerprint(hashes.SHA256()).hex())
PYTHON
`;
