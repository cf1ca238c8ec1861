/**
 * startup/sync-denylist.sh of a server of NVFLARE 2.8 and later: fetches the sites that must stay out and the
 * revocation list, and takes them only if rootCA.pem has signed them.
 */
export const SYNC_DENYLIST_SH = `#!/usr/bin/env bash
# Fetches disabled_clients.json and crl.pem into the workspace: sync-denylist.sh URL TOKEN_FILE [CA_FILE]
# URL is the dashboard's address; TOKEN_FILE holds an access token of a project admin with the scope "read".
# sync-denylist.sh --units FOLDER URL TOKEN_FILE [CA_FILE] writes a systemd service and a timer into FOLDER.
# The server reads disabled_clients.json when it starts; for a running one, the commands are printed.
set -u
here=$(cd "$(dirname "\${BASH_SOURCE[0]}")" && pwd -P) || exit 1
units=""
if [ "\${1:-}" = --units ]; then
  units=\${2:-}
  shift 2 || set --
fi
if [ $# -lt 2 ] || [ $# -gt 3 ]; then
  echo "usage: sync-denylist.sh [--units FOLDER] URL TOKEN_FILE [CA_FILE]" >&2
  exit 2
fi
exec python3 - "$here" "$units" "$1" "$2" "\${3:-}" <<'PYTHON'
import base64, json, os, ssl, sys, time, urllib.error, urllib.request
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

here, units, url, token_file, ca_file = sys.argv[1:]
workspace = os.path.dirname(here)
MAX_AGE = 24 * 3600


def content(path):
    with open(path, "rb") as file:
        return file.read()


def replace(path, data):
    with open(path + ".part", "wb") as file:
        file.write(data)
    os.replace(path + ".part", path)


def quoted(word):
    return '"' + word.replace("\\\\", "\\\\\\\\").replace('"', '\\\\"').replace("%", "%%") + '"'


if units:
    words = [os.path.join(here, "sync-denylist.sh"), url, os.path.abspath(token_file)]
    if ca_file:
        words.append(os.path.abspath(ca_file))
    service = "[Unit]\\nDescription=Sites that NVIDIA FLARE must not let in\\nWants=network-online.target\\n"
    service += "After=network-online.target\\n\\n[Service]\\nType=oneshot\\n"
    service += "ExecStart=" + " ".join(quoted(word) for word in words) + "\\n"
    timer = "[Unit]\\nDescription=Fetch the sites that NVIDIA FLARE must not let in\\n\\n[Timer]\\n"
    timer += "OnBootSec=1min\\nOnUnitActiveSec=15min\\n\\n[Install]\\nWantedBy=timers.target\\n"
    replace(os.path.join(units, "sync-denylist.service"), service.encode())
    replace(os.path.join(units, "sync-denylist.timer"), timer.encode())
    print("written: sync-denylist.service and sync-denylist.timer in " + units)
    sys.exit(0)

if not url.startswith("https://") and not url.startswith(("http://127.0.0.1:", "http://localhost:")):
    sys.exit("The access token is sent over HTTPS only.")

root = x509.load_pem_x509_certificate(content(os.path.join(here, "rootCA.pem"))).public_key()
context = ssl.create_default_context(cafile=ca_file or None)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context), NoRedirect)


def fetch(path, headers):
    request = urllib.request.Request(url.rstrip("/") + path, headers=headers)
    try:
        with opener.open(request, timeout=30) as response:
            return response.headers, response.read()
    except (urllib.error.URLError, OSError) as error:
        sys.exit("%s cannot be fetched: %s. Nothing was changed." % (path, error))


with open(token_file, encoding="ascii") as file:
    token = file.read().strip()
headers, body = fetch("/api/v1/disabled_clients.json", {"Authorization": "Bearer " + token})
signed_at = headers.get("x-signed-at", "")
if not signed_at:
    sys.exit("The list is not signed: the root CA is sealed. Nothing was changed.")
try:
    root.verify(
        base64.b64decode(headers.get("x-signature", "")),
        signed_at.encode() + b"\\n" + body,
        padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=padding.PSS.MAX_LENGTH),
        hashes.SHA256(),
    )
except (InvalidSignature, ValueError):
    sys.exit("The list was not signed by the root CA of this kit. Nothing was changed.")
if abs(time.time() - int(signed_at)) > MAX_AGE:
    sys.exit("The list was signed on another day: it is replayed, or a clock is wrong. Nothing was changed.")
names = set(json.loads(body)["disabled_clients"])

_, pem = fetch("/crl.pem", {})
try:
    crl = x509.load_pem_x509_crl(pem)
    valid = crl.is_signature_valid(root)
except ValueError:
    valid = False
if not valid:
    sys.exit("The revocation list was not signed by the root CA of this kit. Nothing was changed.")

target = os.path.join(workspace, "disabled_clients.json")
try:
    before = set(json.loads(content(target))["disabled_clients"])
except (OSError, ValueError, KeyError, TypeError):
    before = set()
replace(os.path.join(workspace, "crl.pem"), pem)
replace(target, json.dumps({"disabled_clients": sorted(names)}).encode())
print("disabled: " + (", ".join(sorted(names)) or "nobody"))
for name in sorted(names - before):
    print("nvflare system disable-client %s --force" % name)
for name in sorted(before - names):
    print("nvflare system enable-client %s" % name)
PYTHON
`;
