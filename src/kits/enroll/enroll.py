#!/usr/bin/env python3
"""Enrols a site with an enrolment token: from nothing to a startup kit that starts, in one command.

With --renew FOLDER it renews the certificate of a kit that is there already, with the key that the kit has.

The key is generated here and never leaves this machine; the dashboard gets a certificate request and the token.
Interrupted, the same command continues with the same key and request.
Needs Python 3.8 or newer and the package "cryptography", which comes with nvflare.
"""
import argparse
import base64
import contextlib
import hashlib
import hmac
import http.client
import io
import ipaddress
import json
import os
import re
import shutil
import ssl
import stat
import sys
import tempfile
import time
import urllib.parse
import zipfile

try:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import NameOID
except ImportError:
    sys.exit('enroll: the package "cryptography" is missing; use the Python in which nvflare is installed')

KEY_BITS = 3072
MAX_ANSWER_BYTES = 32 * 1024 * 1024
MAX_MEMBERS = 200
TIMEOUT_SECONDS = 30
TOKEN_VARIABLE = "NVFL_ENROLL_TOKEN"
NAME = re.compile(r"[-A-Za-z0-9_]{1,64}\Z")
# The dashboard is restarting, its root key is sealed, or too many ask: worth another try.
TRANSIENT = {423, 429, 500, 502, 503, 504}

EXIT_REFUSED, EXIT_WAITING = 1, 3


class Refused(Exception):
    """The enrolment ends, for the reason that the message gives."""


class Unreachable(Exception):
    """The dashboard could not be asked just now."""


def read_token(args):
    """Returns the token from a file, standard input, the environment, or (seen by everybody on the machine) an argument."""
    if args.token is not None:
        print("enroll: --token shows the token to everybody on this machine; better use --token-file", file=sys.stderr)
        text = args.token
    elif args.token_file == "-":
        text = sys.stdin.readline()
    elif args.token_file is not None:
        try:
            with open(args.token_file, encoding="utf-8") as file:
                text = file.read(1024)
        except (OSError, UnicodeDecodeError) as error:
            raise Refused("the token cannot be read from %s: %s" % (args.token_file, error))
    else:
        text = os.environ.get(TOKEN_VARIABLE, "")
    token = text.strip()
    if not token:
        raise Refused("there is no token: name a --token-file (- is standard input), or set %s" % TOKEN_VARIABLE)
    if not re.match(r"nvfe_[\w-]{16}_[\w-]{43}\Z", token):
        raise Refused("this is no enrolment token; one starts with nvfe_")
    return token


def hex_of(fingerprint):
    digits = re.sub(r"^sha-?256[:=]|[:\s]", "", fingerprint.strip().lower())
    digits = digits.replace(":", "")
    if not re.match(r"[0-9a-f]{64}\Z", digits):
        raise Refused("%s is not a SHA-256 fingerprint" % fingerprint)
    return digits


def is_loopback(host):
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


class Dashboard:
    """The API of the dashboard, over TLS that is checked; the token goes nowhere else."""

    def __init__(self, args, token):
        parts = urllib.parse.urlsplit(args.url)
        if parts.scheme not in ("https", "http") or not parts.hostname or parts.username or parts.query:
            raise Refused("--url must be an address such as https://dashboard.example.org")
        if parts.scheme == "http" and not is_loopback(parts.hostname):
            raise Refused("the token must not travel without encryption: use an https address")
        self.scheme, self.host, self.port = parts.scheme, parts.hostname, parts.port
        self.path = parts.path.rstrip("/")
        self.token = token
        self.pin = hex_of(args.fingerprint) if args.fingerprint else None
        try:
            self.tls = ssl.create_default_context(cafile=args.ca_file)
        except (OSError, ssl.SSLError) as error:
            raise Refused("the CA file %s cannot be read: %s" % (args.ca_file, error))
        if self.pin:
            # The certificate itself is compared instead of its issuer and name.
            self.tls.check_hostname = False
            self.tls.verify_mode = ssl.CERT_NONE

    def connection(self):
        if self.scheme == "http":
            return http.client.HTTPConnection(self.host, self.port, timeout=TIMEOUT_SECONDS)
        connection = http.client.HTTPSConnection(self.host, self.port, timeout=TIMEOUT_SECONDS, context=self.tls)
        if self.pin:
            connection.connect()
            found = hashlib.sha256(connection.sock.getpeercert(True)).hexdigest()
            if not hmac.compare_digest(found, self.pin):
                connection.close()
                raise Refused("the dashboard's TLS certificate has another fingerprint: SHA256:%s" % found)
        return connection

    def ask(self, method, path, body=None):
        """Returns status, headers and body. Raises Unreachable where another try may help."""
        headers = {"Authorization": "Bearer " + self.token, "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            with contextlib.closing(self.connection()) as connection:
                connection.request(method, self.path + "/api/v1" + path, body and json.dumps(body), headers)
                response = connection.getresponse()
                content = response.read(MAX_ANSWER_BYTES + 1)
        except ssl.SSLCertVerificationError as error:
            raise Refused(
                "the dashboard's TLS certificate is not trusted (%s); name its CA with --ca-file, "
                "or the certificate with --fingerprint" % error.verify_message
            )
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable(str(error) or type(error).__name__)
        if len(content) > MAX_ANSWER_BYTES:
            raise Refused("the answer of the dashboard is too large")
        if response.status in TRANSIENT:
            raise Unreachable(message_in(content, response.status))
        if response.status >= 300:
            raise Refused(message_in(content, response.status))
        return response.status, response.headers, content


def message_in(content, status):
    try:
        return str(json.loads(content.decode("utf-8"))["message"])
    except (KeyError, TypeError, ValueError):
        return "the dashboard answers with HTTP status %d; is --url right?" % status


def enrolment_in(content):
    try:
        enrolment = json.loads(content.decode("utf-8"))["enrolment"]
        return {key: str(enrolment[key]) for key in ("id", "state", "name", "reason", "root_certificate")}
    except (KeyError, TypeError, ValueError):
        raise Refused("the answer is not that of a dashboard; is --url right?")


def write_private(path, content):
    """Writes a file that its owner alone can read, whole or not at all."""
    folder = os.path.dirname(path)
    handle, part = tempfile.mkstemp(dir=folder, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise


def read_file(path):
    with open(path, "rb") as file:
        return file.read()


def spki(public_key):
    return public_key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def request_for(key, name):
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    csr = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
    return csr.public_bytes(serialization.Encoding.PEM)


def key_and_request(folder, name):
    """Returns the key and the request that were kept, or new ones."""
    key_file, csr_file = os.path.join(folder, "client.key"), os.path.join(folder, "request.pem")
    if os.path.exists(key_file):
        try:
            key = serialization.load_pem_private_key(read_file(key_file), None)
        except (TypeError, ValueError) as error:
            raise Refused("the kept key %s cannot be read: %s" % (key_file, error))
        os.chmod(key_file, 0o600)
        print("Going on with the key in %s" % folder)
    else:
        key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
        )
        write_private(key_file, pem)
        print("Generated a key of %d bits, which stays in %s" % (KEY_BITS, folder))
    if not os.path.exists(csr_file):
        write_private(csr_file, request_for(key, name))
    print("SHA-256 of the public key: %s" % hashlib.sha256(spki(key.public_key())).hexdigest())
    return key, read_file(csr_file)


def patiently(args, work):
    """Tries until the dashboard can be asked, or the time is up."""
    pause = args.interval
    while True:
        try:
            return work()
        except Unreachable as error:
            if time.monotonic() + pause > args.deadline:
                raise Refused("%s (given up; run the same command again to go on)" % error)
            print("enroll: %s; trying again in %g s" % (error, pause), file=sys.stderr)
            time.sleep(pause)


def is_renewed(root, earlier):
    """A root CA is renewed with its key: whatever its former certificate trusts, this one does."""
    return (
        earlier is not None
        and root.subject == earlier.subject
        and spki(root.public_key()) == spki(earlier.public_key())
    )


def require_root(args, pem, earlier=None):
    """The root CA that the kit is going to trust must be the one that was named, or the same one renewed."""
    try:
        root = x509.load_pem_x509_certificate(pem.encode("ascii"))
    except ValueError:
        raise Refused("the dashboard sent no root certificate")
    found = root.fingerprint(hashes.SHA256()).hex()
    known = not args.root_fingerprint or hmac.compare_digest(found, hex_of(args.root_fingerprint))
    if not known and not is_renewed(root, earlier):
        raise Refused("the project's root CA has another fingerprint: SHA256:%s" % found)
    return found


def wait_for_approval(args, dashboard, csr, kept, earlier=None):
    body = {"request": base64.b64encode(csr).decode("ascii"), "renew": args.renew is not None}
    _status, _headers, content = patiently(args, lambda: dashboard.ask("POST", "/enrolments", body))
    enrolment = enrolment_in(content)
    root = require_root(args, enrolment["root_certificate"], earlier)
    told = False
    while enrolment["state"] == "pending":
        if not told:
            told = True
            print("The request %s waits for approval by the project admin." % enrolment["id"], flush=True)
        if time.monotonic() + args.interval > args.deadline:
            print("enroll: still waiting; run the same command again to go on", file=sys.stderr)
            sys.exit(EXIT_WAITING)
        time.sleep(args.interval)
        path = "/enrolments/" + enrolment["id"]
        _status, _headers, content = patiently(args, lambda: dashboard.ask("GET", path))
        enrolment = enrolment_in(content)
    if enrolment["state"] != "approved":
        raise Refused(
            "the project admin rejected the request: %s%s"
            % (enrolment["reason"] or "no reason given", kept and " (remove %s to start again with another key)" % kept)
        )
    print("Approved. Root CA: SHA256:%s" % root)
    return enrolment, root


def unpack(content, folder):
    """Writes the files of a kit into a new folder; refuses names that could leave it."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
        if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_ANSWER_BYTES:
            raise Refused("the kit is too large")
        for member in members:
            parts = member.filename.rstrip("/").split("/")
            mode = member.external_attr >> 16
            if (
                "\\" in member.filename
                or ":" in member.filename
                or any(part in ("", ".", "..") for part in parts)
                or stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR)
            ):
                raise Refused("the kit holds the unsafe name %r" % member.filename)
            path = os.path.join(folder, *parts)
            if member.is_dir():
                os.makedirs(path, exist_ok=True)
                continue
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "xb") as file:
                file.write(archive.read(member))
            os.chmod(path, (mode & 0o777) or 0o644)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
        raise Refused("the kit cannot be unpacked: %s" % error)


def place_key(startup, key, root):
    """Puts the key beside every certificate that it belongs to; all of them must."""
    names = sorted(name[:-4] for name in os.listdir(startup) if name.endswith(".crt"))
    if "client" not in names:
        raise Refused("the kit holds no client.crt")
    pinned = x509.load_pem_x509_certificate(read_file(os.path.join(startup, "rootCA.pem")))
    if pinned.fingerprint(hashes.SHA256()).hex() != root:
        raise Refused("the kit names another root CA than the dashboard")
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    for name in names:
        certificate = x509.load_pem_x509_certificate(read_file(os.path.join(startup, name + ".crt")))
        if spki(certificate.public_key()) != spki(key.public_key()):
            raise Refused("%s.crt in the kit is not for this key" % name)
        write_private(os.path.join(startup, name + ".key"), pem)


def enrol(args):
    target = os.path.abspath(args.output or args.name)
    if os.path.lexists(target):
        raise Refused("%s exists already; nothing was changed" % target)
    parent = os.path.dirname(target)
    if not os.path.isdir(parent):
        raise Refused("the folder %s does not exist" % parent)
    token = read_token(args)
    dashboard = Dashboard(args, token)
    if args.root_fingerprint:
        hex_of(args.root_fingerprint)
    kept = os.path.join(parent, ".enroll-" + args.name)
    os.makedirs(kept, mode=0o700, exist_ok=True)
    key, csr = key_and_request(kept, args.name)
    enrolment, root = wait_for_approval(args, dashboard, csr, kept)
    path = "/enrolments/" + enrolment["id"] + "/kit.zip"
    _status, _headers, content = patiently(args, lambda: dashboard.ask("GET", path))
    part = tempfile.mkdtemp(dir=parent, prefix=".kit-")
    try:
        unpack(content, part)
        place_key(os.path.join(part, "startup"), key, root)
        os.chmod(part, 0o755)
        os.rename(part, target)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    # The kit has the key now.
    shutil.rmtree(kept)
    print("Wrote the startup kit of %s: %s" % (args.name, target))
    print("Start it: %s" % os.path.join(target, "startup", "start.sh"))


def swap(startup, new, old):
    """Puts a new folder in the place of the old one; if that fails, everything is as it was."""
    os.rename(startup, old)
    try:
        os.rename(new, startup)
    except BaseException:
        os.rename(old, startup)
        raise
    shutil.rmtree(old, ignore_errors=True)


def renew(args):
    kit = os.path.abspath(args.renew)
    startup, old = os.path.join(kit, "startup"), os.path.join(kit, ".startup-before")
    if os.path.isdir(old) and not os.path.exists(startup):
        # Somebody pulled the plug between the two renames.
        os.rename(old, startup)
    certificate_file, key_file = os.path.join(startup, "client.crt"), os.path.join(startup, "client.key")
    try:
        before = x509.load_pem_x509_certificate(read_file(certificate_file))
        key = serialization.load_pem_private_key(read_file(key_file), None)
        root = x509.load_pem_x509_certificate(read_file(os.path.join(startup, "rootCA.pem")))
    except (OSError, TypeError, ValueError) as error:
        raise Refused("%s is no startup kit of a site with its key: %s" % (kit, error))
    if spki(before.public_key()) != spki(key.public_key()):
        raise Refused("client.key does not belong to client.crt; nothing was changed")
    pinned = root.fingerprint(hashes.SHA256()).hex()
    if args.root_fingerprint and not hmac.compare_digest(pinned, hex_of(args.root_fingerprint)):
        raise Refused("the kit's root CA has another fingerprint: SHA256:%s" % pinned)
    args.root_fingerprint = pinned
    name = before.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    dashboard = Dashboard(args, read_token(args))
    enrolment, root_found = wait_for_approval(args, dashboard, request_for(key, name), None, root)
    path = "/enrolments/" + enrolment["id"] + "/kit.zip"
    _status, _headers, content = patiently(args, lambda: dashboard.ask("GET", path))
    part = tempfile.mkdtemp(dir=kit, prefix=".renew-")
    try:
        unpack(content, part)
        new = os.path.join(part, "startup")
        place_key(new, key, root_found)
        after = x509.load_pem_x509_certificate(read_file(os.path.join(new, "client.crt")))
        if after.subject != before.subject:
            raise Refused("the new certificate is for somebody else; nothing was changed")
        shutil.rmtree(old, ignore_errors=True)
        swap(startup, new, old)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    if after.serial_number == before.serial_number:
        print("The certificate of %s was renewed within the last day; it is in place." % name)
    else:
        print("Renewed the certificate of %s, with the same key: serial number %x" % (name, after.serial_number))
    print("A running site uses it for what it starts from now on; restart it to use it for its own connection.")


def main():
    parser = argparse.ArgumentParser(prog="enroll", description=__doc__.split("\n")[0])
    parser.add_argument("--url", required=True, help="address of the dashboard")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--name", help="name of the site, as the token allows it")
    what.add_argument("--renew", metavar="FOLDER", help="startup kit whose certificate is renewed, with its key")
    parser.add_argument("--token-file", metavar="FILE", help="file with the enrolment token; - is standard input")
    parser.add_argument("--token", help="the token itself, which everybody on this machine can then see")
    parser.add_argument("--ca-file", metavar="PEM", help="CA of the dashboard's TLS certificate")
    parser.add_argument("--fingerprint", metavar="SHA256", help="the dashboard's TLS certificate itself")
    parser.add_argument("--root-fingerprint", metavar="SHA256", help="the project's root CA")
    parser.add_argument("--output", metavar="FOLDER", help="new folder for the kit (default: the name)")
    parser.add_argument("--wait", type=float, default=86400, metavar="SECONDS", help="for approval (default: a day)")
    parser.add_argument("--interval", type=float, default=10, metavar="SECONDS", help="between questions (default: 10)")
    args = parser.parse_args()
    args.interval = max(args.interval, 0.2)
    args.deadline = time.monotonic() + args.wait
    os.umask(0o022)
    try:
        if args.renew is not None:
            renew(args)
        elif NAME.match(args.name):
            enrol(args)
        else:
            raise Refused("a site's name has 1 to 64 letters, digits, hyphens and underscores")
    except (Refused, OSError) as error:
        print("enroll: %s" % error, file=sys.stderr)
        sys.exit(EXIT_REFUSED)
    except KeyboardInterrupt:
        print("\nenroll: interrupted; run the same command again to go on", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
