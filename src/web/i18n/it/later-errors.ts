/** Errors of fields that no first view has. */
export const laterErrors = {
  errors: {
    fields: {
      csv_encoding: 'Non è un file CSV in UTF-8. In Excel, salvarlo come «CSV UTF-8».',
      csv_syntax:
        'Non è una tabella CSV valida: una virgoletta non è chiusa, oppure una riga ha più celle dell’intestazione.',
      csv_empty: 'La tabella non ha righe sotto l’intestazione.',
      csv_rows: 'La tabella è troppo lunga: al massimo 500 righe.',
      missing_column: 'Questa colonna manca.',
      unknown_column: 'Questa colonna non è nota. Rimuoverla o correggerne il nome.',
      unknown_role: 'Usare member, lead o org_admin.',
      whole_number: 'Indicare un numero intero, al massimo 1024 GPU e 65535 GiB.',
      admin_only: 'Solo l’amministratore del progetto può scegliere questo valore.',
      not_org_admin: 'Non è un amministratore approvato di questa organizzazione.',
      invited: 'Questa persona ha già un invito aperto.',
      root_unsigned:
        'La richiesta della CA radice non è ancora firmata. Importa il certificato o scarta la richiesta.',
      root_forbids_job_ca:
        "La CA radice non consente alcuna CA al di sotto (pathlen:0), e i server di NVFLARE 2.10 hanno bisogno di una CA dei job. Scegliere 2.9 o importare un'altra CA radice.",
      root_needs_grpc:
        'Una CA radice firmata da un’altra CA funziona solo con gRPC e NVFLARE 2.7 o successivi.',
      root_unreadable: 'Questo certificato non è leggibile. Scegli un file PEM o DER senza chiave privata.',
      root_pkcs12:
        'È un file PKCS#12, che contiene già la chiave. Importalo da solo, senza file della chiave.',
      root_not_rsa: 'Il certificato non ha una chiave RSA, di cui NVFLARE ha bisogno. Usa una chiave RSA.',
      root_weak:
        'Troppo debole: servono una chiave RSA da 2048 a 8192 bit e una firma con SHA-256 o superiore.',
      root_not_ca: 'Non è il certificato di una CA: serve basicConstraints, critico, con CA:TRUE.',
      root_no_cert_sign: 'Questo certificato non può firmarne altri: serve keyUsage con keyCertSign.',
      root_restricted:
        'Questa CA è limitata ad altri usi (vincoli sui nomi, extendedKeyUsage o un’estensione critica). Falla emettere senza.',
      root_path_length: 'Una CA superiore non ammette altre CA (pathlen). Falla firmare da un’altra.',
      root_outdated: 'Questo certificato è scaduto.',
      root_not_yet_valid: 'Questo certificato non è ancora valido.',
      root_wrong_name:
        'Il suo CN non è il nome breve del progetto. Fallo emettere per quel nome o cambia il nome breve.',
      root_surplus: 'Il file contiene altri certificati che non appartengono alla catena. Toglili.',
      root_chain_incomplete: 'Manca una CA superiore. Aggiungi i certificati fino a quello autofirmato.',
      root_chain_invalid: 'Una CA superiore è scaduta o non può firmare certificati.',
      root_mismatch: 'Certificato e chiave non corrispondono.',
      key_unreadable: 'Questa chiave privata non è leggibile. Scegli un file PEM (PKCS#1 o PKCS#8).',
      key_not_rsa: 'Non è una chiave RSA, di cui NVFLARE ha bisogno.',
      key_encrypted: 'La chiave è cifrata. Inserisci la sua passphrase.',
      key_derivation:
        'Provare la passphrase di questa chiave richiederebbe troppo tempo: cifrarla di nuovo con «openssl pkcs8 -topk8».',
      key_passphrase_wrong: 'Questa passphrase non apre il file.',
      pkcs12_unreadable: 'Questo file PKCS#12 è danneggiato.',
      pkcs12_unsupported:
        'Questo file PKCS#12 è cifrato in un modo non supportato. Esportalo di nuovo, per esempio con openssl pkcs12 -export.',
      pkcs12_incomplete: 'Questo file PKCS#12 deve contenere la chiave e il certificato della CA radice.',
      pkcs12_several_keys:
        'Questo file PKCS#12 contiene più chiavi private. Esporta solo quella della CA radice.',
      pkcs12_derivation:
        'Provare la passphrase di questo file PKCS#12 richiederebbe troppo tempo. Esportalo di nuovo con meno iterazioni.',
    },
  },
};
