#!/usr/bin/env python3
"""Opens a startup kit (AES-256 or ZipCrypto), checks its signature, and writes it into a new folder.

Needs Python 3.8 or newer and the package "cryptography", which comes with nvflare.
Nothing is written before every file has been decrypted and checked.
"""
import argparse
import base64
import contextlib
import getpass
import hashlib
import hmac
import io
import json
import os
import shutil
import stat
import struct
import sys
import tempfile
import zipfile
import zlib

try:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import padding
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
except ImportError:
    sys.exit('unpack_kit: the package "cryptography" is missing; use the Python in which nvflare is installed')

MAX_MEMBERS = 200
MAX_MEMBER_BYTES = 8 * 1024 * 1024
MAX_TOTAL_BYTES = 32 * 1024 * 1024
MAX_ZIP_BYTES = 64 * 1024 * 1024

ENCRYPTED = 0x1
STORED, DEFLATED, AES = 0, 8, 99
AES_EXTRA = 0x9901
SALT_BYTES, KEY_BYTES, CHECK_BYTES, MAC_BYTES, ROUNDS = 16, 32, 2, 10, 1000
RESERVED = {"con", "prn", "aux", "nul"} | {p + str(n) for p in ("com", "lpt") for n in range(1, 10)}

WRONG_PIN = "the PIN is wrong"
# Everything that zipfile raises for an archive whose structure is damaged.
UNREADABLE = (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, OSError, EOFError, struct.error)


class Refused(Exception):
    """The kit is not opened, for the reason that the message gives."""


def safe_parts(name):
    """Returns the parts of a member's path; refuses every name that could leave the folder or hide another file."""
    if not name or "\\" in name or ":" in name or any(ord(c) < 32 or ord(c) == 127 for c in name):
        raise Refused("it holds a file with the unsafe name %r" % name)
    parts = (name[:-1] if name.endswith("/") else name).split("/")
    for part in parts:
        if part in ("", ".", "..") or part != part.rstrip(". ") or part.split(".")[0].lower() in RESERVED:
            raise Refused("it holds a file with the unsafe name %r" % name)
    return parts


def check_kind(info):
    """Refuses what is neither a file nor a folder, such as a symbolic link."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    expected = stat.S_IFDIR if info.filename.endswith("/") else stat.S_IFREG
    if kind not in (0, expected):
        raise Refused("%r is no regular file or folder" % info.filename)


def list_members(archive):
    """Returns the archive's files and folders, all with safe names, none twice, none too large."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise Refused("it holds more than %d files" % MAX_MEMBERS)
    files, folders, seen, total = [], set(), set(), 0
    for info in members:
        parts = safe_parts(info.orig_filename)
        check_kind(info)
        key = "/".join(parts).lower()
        if key in seen:
            raise Refused("it holds %r twice" % info.filename)
        seen.add(key)
        folders.update("/".join(parts[:end]) for end in range(1, len(parts)))
        if info.filename.endswith("/"):
            folders.add("/".join(parts))
            continue
        total += info.file_size
        if info.file_size > MAX_MEMBER_BYTES or info.compress_size > MAX_MEMBER_BYTES or total > MAX_TOTAL_BYTES:
            raise Refused("%r is larger than a startup kit needs" % info.filename)
        if not info.flag_bits & ENCRYPTED:
            raise Refused("%r is not encrypted" % info.filename)
        files.append(info)
    taken = {name.lower() for name in folders}
    for info in files:
        if info.filename.lower() in taken:
            raise Refused("%r is both a file and a folder" % info.filename)
    if not files:
        raise Refused("it holds no files")
    return files, sorted(folders)


def stored_bytes(raw, info):
    """Returns a member's bytes as they stand in the archive, once its two headers agree."""
    header = raw[info.header_offset : info.header_offset + 30]
    if len(header) < 30 or header[:4] != b"PK\3\4":
        raise Refused("it is damaged: %r is not where it should be" % info.filename)
    flags, method = struct.unpack("<HH", header[6:10])
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    start = info.header_offset + 30 + name_length + extra_length
    name = raw[info.header_offset + 30 : info.header_offset + 30 + name_length]
    encoding = "utf-8" if flags & 0x800 else "cp437"
    if name.decode(encoding, "replace") != info.orig_filename or method != info.compress_type:
        raise Refused("it is damaged: %r has two different headers" % info.filename)
    stored = raw[start : start + info.compress_size]
    if len(stored) != info.compress_size:
        raise Refused("it is cut off in %r" % info.filename)
    return stored


def aes_method(info):
    """Returns the compression method of a member encrypted with WinZip's AES-256; refuses every other strength."""
    extra, at = info.extra, 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack("<HH", extra[at : at + 4])
        body = extra[at + 4 : at + 4 + length]
        if kind == AES_EXTRA and len(body) == 7:
            version, vendor, strength, method = struct.unpack("<H2sBH", body)
            if (version, vendor, strength) != (2, b"AE", 3) or method not in (STORED, DEFLATED):
                raise Refused("%r is not encrypted with AES-256 (AE-2)" % info.filename)
            return method
        at += 4 + length
    raise Refused("%r says nothing of its encryption" % info.filename)


def counter_mode(key, data):
    """Decrypts with AES in WinZip's counter mode: little-endian counters from 1 on."""
    blocks = (len(data) + 15) // 16
    counters = b"".join(struct.pack("<QQ", number, 0) for number in range(1, blocks + 1))
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    mask = (encryptor.update(counters) + encryptor.finalize())[: len(data)]
    length = len(data)
    return (int.from_bytes(data, "big") ^ int.from_bytes(mask, "big")).to_bytes(length, "big")


def inflate(data, info, method):
    """Unpacks a member's bytes, never more than its header announces."""
    if method == STORED:
        content = data
    else:
        try:
            unpacker = zlib.decompressobj(-15)
            content = unpacker.decompress(data, info.file_size + 1)
            if not unpacker.eof and len(content) <= info.file_size:
                raise Refused("%r is damaged" % info.filename)
        except zlib.error:
            raise Refused("%r is damaged" % info.filename) from None
    if len(content) != info.file_size:
        raise Refused("%r is not as large as announced" % info.filename)
    return content


def open_aes(stored, info, pin):
    """Returns a member's content, or None where the PIN does not fit; checks the authentication code first."""
    method = aes_method(info)
    if len(stored) < SALT_BYTES + CHECK_BYTES + MAC_BYTES:
        raise Refused("%r is cut off" % info.filename)
    salt, rest = stored[:SALT_BYTES], stored[SALT_BYTES:]
    keys = hashlib.pbkdf2_hmac("sha1", pin, salt, ROUNDS, 2 * KEY_BYTES + CHECK_BYTES)
    check, encrypted, mac = rest[:CHECK_BYTES], rest[CHECK_BYTES:-MAC_BYTES], rest[-MAC_BYTES:]
    if not hmac.compare_digest(check, keys[2 * KEY_BYTES :]):
        return None
    computed = hmac.new(keys[KEY_BYTES : 2 * KEY_BYTES], encrypted, hashlib.sha1).digest()[:MAC_BYTES]
    if not hmac.compare_digest(mac, computed):
        raise Refused("%r was changed or damaged: its authentication code is wrong" % info.filename)
    return inflate(counter_mode(keys[:KEY_BYTES], encrypted), info, method)


def open_zipcrypto(archive, info, pin):
    """Returns a member's content, or None where the PIN does not fit; its CRC-32 is checked by zipfile."""
    if info.compress_type not in (STORED, DEFLATED):
        raise Refused("%r is packed in a way that kits are not" % info.filename)
    try:
        with archive.open(info, pwd=pin) as file:
            content = file.read(info.file_size + 1)
    except RuntimeError as error:
        if "password" in str(error):
            return None
        raise Refused("%r cannot be opened: %s" % (info.filename, error)) from None
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise Refused("%r is damaged, or %s" % (info.filename, WRONG_PIN)) from None
    if len(content) != info.file_size:
        raise Refused("%r is not as large as announced" % info.filename)
    return content


def decrypt(path, pin):
    """Returns the decrypted files of a kit, as name: (mode, content), its folders, and how it was encrypted."""
    with open(path, "rb") as file:
        raw = file.read(MAX_ZIP_BYTES + 1)
    if len(raw) > MAX_ZIP_BYTES:
        raise Refused("it is larger than a startup kit")
    try:
        return decrypt_archive(raw, pin)
    except UNREADABLE:
        raise Refused("it is no zip file, or damaged") from None


def decrypt_archive(raw, pin):
    """Decrypts as decrypt() does; raises what zipfile raises for a damaged archive."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        infos, folders = list_members(archive)
        contents, misfits, errors = {}, 0, []
        for info in infos:
            stored = stored_bytes(raw, info)
            try:
                aes = info.compress_type == AES
                content = open_aes(stored, info, pin) if aes else open_zipcrypto(archive, info, pin)
            except Refused as error:
                errors.append(error)
                continue
            if content is None:
                misfits += 1
                continue
            contents[info.filename] = ((info.external_attr >> 16) & 0o777 or 0o644, content)
    if contents and (misfits or errors):
        raise errors[0] if errors else Refused("some of its files were changed or damaged")
    if misfits or errors:
        raise Refused(WRONG_PIN) if misfits else errors[0]
    kinds = {"AES-256" if info.compress_type == AES else "ZipCrypto" for info in infos}
    return contents, folders, " and ".join(sorted(kinds))


def verify_folder(root, folder, contents):
    """Checks every file of a folder against its signature.json; returns how many files it covers."""
    present = {name[len(folder) + 1 :]: content for name, (_, content) in contents.items()
               if name.rpartition("/")[0] == folder}
    try:
        signatures = json.loads(present.pop("signature.json").decode("ascii"))
        listed = {name: base64.b64decode(text, validate=True) for name, text in signatures.items()}
    except (ValueError, AttributeError, TypeError):
        raise Refused("%s/signature.json is damaged" % folder) from None
    pss = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=padding.PSS.MAX_LENGTH)
    problems = ["%s is missing" % name for name in listed if name not in present]
    for name, content in present.items():
        try:
            root.public_key().verify(listed[name], content, pss, hashes.SHA256())
        except KeyError:
            problems.append("%s is not signed" % name)
        except InvalidSignature:
            problems.append("%s is not as it was signed" % name)
    if problems:
        raise Refused("its signature is wrong: in %s/, %s" % (folder, "; ".join(sorted(problems))))
    return len(present)


def verify_certificates(root, startup, contents):
    """Checks that the root CA issued every certificate of the kit, and that each key belongs to its certificate."""
    found = 0
    for name, (_, content) in contents.items():
        if name.rpartition("/")[0] != startup or not name.endswith(".crt"):
            continue
        try:
            leaf = x509.load_pem_x509_certificate(content)
            root.public_key().verify(
                leaf.signature, leaf.tbs_certificate_bytes, padding.PKCS1v15(), leaf.signature_hash_algorithm
            )
            _, key_text = contents[name[: -len(".crt")] + ".key"]
            key = serialization.load_pem_private_key(key_text, None)
        except (InvalidSignature, ValueError, TypeError, KeyError):
            raise Refused("%s was not issued by the kit's root CA, or has no key" % name) from None
        if key.public_key().public_numbers() != leaf.public_key().public_numbers():
            raise Refused("%s does not belong to its key" % name)
        found += 1
    if found == 0:
        raise Refused("it holds no certificate")


def verify(contents, fingerprint):
    """Checks signatures and certificates; returns the root's fingerprint and what the signatures do not cover."""
    roots = [name for name in contents if name.split("/")[-2:] == ["startup", "rootCA.pem"]]
    if len(roots) != 1 or roots[0].count("/") > 2:
        raise Refused("it is no startup kit: startup/rootCA.pem is missing")
    startup = roots[0].rpartition("/")[0]
    try:
        root = x509.load_pem_x509_certificate(contents[roots[0]][1])
    except ValueError:
        raise Refused("its rootCA.pem is damaged") from None
    digest = root.fingerprint(hashes.SHA256()).hex()
    if fingerprint is not None and fingerprint != digest:
        raise Refused("it comes from another root CA, with the SHA-256 fingerprint %s" % digest)
    signed = [name.rpartition("/")[0] for name in contents if name.endswith("/signature.json")]
    if startup not in signed:
        raise Refused("it has no signature: %s/signature.json is missing" % startup)
    count = sum(verify_folder(root, folder, contents) for folder in signed)
    verify_certificates(root, startup, contents)
    return digest, count, sorted(name for name in contents if name.rpartition("/")[0] not in signed)


def write(target, contents, folders):
    """Writes the kit beside its target and renames it at the end; refuses a target that exists."""
    parent = os.path.dirname(os.path.abspath(target))
    if os.path.lexists(target):
        raise Refused("%s exists already; name another folder with --into" % target)
    work = tempfile.mkdtemp(prefix=".unpack-", dir=parent)
    try:
        for folder in folders:
            os.makedirs(os.path.join(work, *folder.split("/")), exist_ok=True)
        for name, (mode, content) in contents.items():
            path = os.path.join(work, *name.split("/"))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
            os.chmod(path, 0o600 if name.endswith(".key") else mode & 0o755)
        # An empty folder of that name would be replaced by rename, one with files would not.
        if os.path.lexists(target):
            raise Refused("%s exists already; name another folder with --into" % target)
        os.rename(work, target)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise


def read_pin(path):
    """Reads the PIN from the first line of a file or of standard input, or asks for it on the terminal."""
    if path is None:
        if not sys.stdin.isatty():
            raise Refused("there is no terminal to ask for the PIN on; use --pin-file FILE, or - for standard input")
        return getpass.getpass("PIN: ").encode()
    with contextlib.ExitStack() as stack:
        source = sys.stdin if path == "-" else stack.enter_context(open(path, encoding="utf-8"))
        return source.readline(1024).strip().encode()


def main():
    parser = argparse.ArgumentParser(description="Opens a startup kit and checks its signature.")
    parser.add_argument("kit", help="the zip file")
    parser.add_argument("--into", metavar="FOLDER", help="new folder to write (default: named after the zip)")
    parser.add_argument("--pin-file", metavar="FILE", help="file with the PIN, - for standard input (default: ask)")
    parser.add_argument("--root-sha256", metavar="HEX", help="accept only the root CA with this fingerprint")
    parser.add_argument("--check", action="store_true", help="check the kit and write nothing")
    options = parser.parse_args()
    target = options.into or os.path.splitext(os.path.basename(options.kit))[0]
    wanted = options.root_sha256 and options.root_sha256.replace(":", "").strip().lower()
    try:
        if not options.check and os.path.lexists(target):
            raise Refused("%s exists already; name another folder with --into" % target)
        contents, folders, encryption = decrypt(options.kit, read_pin(options.pin_file))
        digest, signed, unsigned = verify(contents, wanted)
        if not options.check:
            write(target, contents, folders)
    except Refused as error:
        sys.exit("unpack_kit: %s was not opened: %s" % (options.kit, error))
    except (OSError, UnicodeDecodeError) as error:
        sys.exit("unpack_kit: %s" % error)
    print("%s: %d files (%s)" % ("Checked" if options.check else "Unpacked " + target, len(contents), encryption))
    print("Signature: %d files are as they were signed" % signed)
    if unsigned:
        print("Without a signature: " + ", ".join(unsigned))
    print("Root CA, SHA-256: " + digest)
    if wanted is None:
        print("Compare it with the fingerprint that the dashboard shows, or give it as --root-sha256.")


if __name__ == "__main__":
    main()
