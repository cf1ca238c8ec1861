/** Errors of fields that no first view has. */
export const laterErrors = {
  errors: {
    fields: {
      csv_encoding: 'This is not a CSV file in UTF-8. In Excel, save it as “CSV UTF-8”.',
      csv_syntax:
        'This is not a valid CSV table: a quotation mark is not closed, or a row has more cells than the header.',
      csv_empty: 'The table has no rows below its header.',
      csv_rows: 'The table is too long: at most 500 rows.',
      missing_column: 'This column is missing.',
      unknown_column: 'This column is not known. Remove it or correct its name.',
      unknown_role: 'Use member, lead or org_admin.',
      whole_number: 'Use a whole number, at most 1024 GPUs and 65535 GiB.',
      admin_only: 'Only the project admin can choose this.',
      not_org_admin: 'This is not an approved org admin of the organization.',
      invited: 'This person already has an open invitation.',
      root_unsigned:
        'The request for the root CA is not signed yet. Import the certificate, or discard the request.',
      root_forbids_job_ca:
        'The root CA allows no CA below it (pathlen:0), and servers of NVFLARE 2.10 need a job CA. Choose 2.9, or import another root CA.',
      root_needs_grpc: 'A root CA that another CA signed works with gRPC and NVFLARE 2.7 or later only.',
      root_unreadable:
        'This is not a certificate that can be read. Choose a PEM or DER file without a private key.',
      root_pkcs12: 'This is a PKCS#12 file, with its key inside: import it alone, without a key file.',
      root_not_rsa: 'The certificate has no RSA key, and NVFLARE needs one. Use an RSA key.',
      root_weak:
        'Too weak: it needs an RSA key of 2,048 to 8,192 bits and a signature with SHA-256 or better.',
      root_not_ca: 'This is not the certificate of a CA: it needs basicConstraints, critical, with CA:TRUE.',
      root_no_cert_sign: 'This certificate may not sign others: it needs keyUsage with keyCertSign.',
      root_restricted:
        'This CA is restricted to other uses (name constraints, extendedKeyUsage or a critical extension). Have it issued without them.',
      root_path_length: 'A CA above this one allows no further CA (pathlen). Have it signed by another one.',
      root_outdated: 'This certificate has expired.',
      root_not_yet_valid: 'This certificate is not valid yet.',
      root_wrong_name:
        'Its CN is not the project’s short name. Have it issued for that name, or change the short name.',
      root_surplus: 'The file holds further certificates that do not belong to the chain. Leave them out.',
      root_chain_incomplete:
        'A CA above this one is missing. Append the certificates up to the self-signed one.',
      root_chain_invalid: 'A CA above this one has expired or may not sign certificates.',
      root_mismatch: 'Certificate and key do not belong together.',
      key_unreadable: 'This is not a private key that can be read. Choose one PEM file (PKCS#1 or PKCS#8).',
      key_not_rsa: 'This is not an RSA key, and NVFLARE needs one.',
      key_encrypted: 'It is encrypted. Enter its passphrase.',
      key_derivation:
        "Trying this key's passphrase would take too long: encrypt it anew with “openssl pkcs8 -topk8”.",
      key_passphrase_wrong: 'This passphrase does not open the file.',
      pkcs12_unreadable: 'This PKCS#12 file is damaged.',
      pkcs12_unsupported:
        'This PKCS#12 file is encrypted in a way that is not supported. Export it anew, for example with openssl pkcs12 -export.',
      pkcs12_incomplete: 'This PKCS#12 file needs to hold both the key and the certificate of the root CA.',
      pkcs12_several_keys:
        'This PKCS#12 file holds several private keys. Export the one of the root CA alone.',
      pkcs12_derivation:
        'Trying the passphrase of this PKCS#12 file would take too long. Export it anew with fewer rounds.',
    },
  },
} as const;
