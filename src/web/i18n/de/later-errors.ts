/** Errors of fields that no first view has. */
export const laterErrors = {
  errors: {
    fields: {
      csv_encoding: 'Das ist keine CSV-Datei in UTF-8. Speichern Sie sie in Excel als „CSV UTF-8“.',
      csv_syntax:
        'Das ist keine gültige CSV-Tabelle: Ein Anführungszeichen ist nicht geschlossen, oder eine Zeile hat mehr Zellen als die Kopfzeile.',
      csv_empty: 'Die Tabelle hat unter der Kopfzeile keine Zeilen.',
      csv_rows: 'Die Tabelle ist zu lang: höchstens 500 Zeilen.',
      missing_column: 'Diese Spalte fehlt.',
      unknown_column: 'Diese Spalte ist nicht bekannt. Entfernen Sie sie oder korrigieren Sie ihren Namen.',
      unknown_role: 'Möglich sind member, lead und org_admin.',
      whole_number: 'Geben Sie eine ganze Zahl an, höchstens 1024 GPUs und 65535 GiB.',
      admin_only: 'Das kann nur der Projekt-Admin festlegen.',
      not_org_admin: 'Das ist kein genehmigter Organisations-Admin dieser Organisation.',
      invited: 'Diese Person hat bereits eine offene Einladung.',
      root_unsigned:
        'Die Anforderung für die Root-CA ist noch nicht signiert. Importieren Sie das Zertifikat oder verwerfen Sie die Anforderung.',
      root_forbids_job_ca:
        'Die Root-CA erlaubt keine CA unter sich (pathlen:0), und Server von NVFLARE 2.10 brauchen eine Job-CA. Wählen Sie 2.9 oder importieren Sie eine andere Root-CA.',
      root_needs_grpc:
        'Eine von einer anderen CA signierte Root-CA funktioniert nur mit gRPC und NVFLARE ab 2.7.',
      root_unreadable:
        'Das ist kein lesbares Zertifikat. Wählen Sie eine PEM- oder DER-Datei ohne privaten Schlüssel.',
      root_pkcs12:
        'Das ist eine PKCS#12-Datei, die den Schlüssel schon enthält. Importieren Sie sie allein, ohne Schlüsseldatei.',
      root_not_rsa:
        'Das Zertifikat hat keinen RSA-Schlüssel, NVFLARE braucht aber einen. Verwenden Sie einen RSA-Schlüssel.',
      root_weak:
        'Zu schwach: nötig sind ein RSA-Schlüssel von 2048 bis 8192 Bit und eine Signatur mit SHA-256 oder besser.',
      root_not_ca: 'Das ist kein CA-Zertifikat: Es braucht basicConstraints (kritisch) mit CA:TRUE.',
      root_no_cert_sign:
        'Dieses Zertifikat darf keine anderen signieren: Es braucht keyUsage mit keyCertSign.',
      root_restricted:
        'Diese CA ist auf andere Zwecke beschränkt (Name Constraints, extendedKeyUsage oder eine kritische Erweiterung). Lassen Sie sie ohne diese ausstellen.',
      root_path_length:
        'Eine CA darüber erlaubt keine weitere CA (pathlen). Lassen Sie sie von einer anderen signieren.',
      root_outdated: 'Dieses Zertifikat ist abgelaufen.',
      root_not_yet_valid: 'Dieses Zertifikat ist noch nicht gültig.',
      root_wrong_name:
        'Sein CN ist nicht der Kurzname des Projekts. Lassen Sie es auf diesen Namen ausstellen oder ändern Sie den Kurznamen.',
      root_surplus: 'Die Datei enthält weitere Zertifikate, die nicht zur Kette gehören. Lassen Sie sie weg.',
      root_chain_incomplete: 'Eine CA darüber fehlt. Hängen Sie die Zertifikate bis zum selbstsignierten an.',
      root_chain_invalid: 'Eine CA darüber ist abgelaufen oder darf keine Zertifikate signieren.',
      root_mismatch: 'Zertifikat und Schlüssel gehören nicht zusammen.',
      key_unreadable:
        'Das ist kein lesbarer privater Schlüssel. Wählen Sie eine PEM-Datei (PKCS#1 oder PKCS#8).',
      key_not_rsa: 'Das ist kein RSA-Schlüssel, NVFLARE braucht aber einen.',
      key_encrypted: 'Der Schlüssel ist verschlüsselt. Geben Sie seine Passphrase ein.',
      key_derivation:
        'Die Passphrase dieses Schlüssels zu prüfen, würde zu lange dauern: Verschlüsseln Sie ihn neu mit „openssl pkcs8 -topk8“.',
      key_passphrase_wrong: 'Diese Passphrase öffnet die Datei nicht.',
      pkcs12_unreadable: 'Diese PKCS#12-Datei ist beschädigt.',
      pkcs12_unsupported:
        'Diese PKCS#12-Datei ist mit einem Verfahren verschlüsselt, das nicht unterstützt wird. Exportieren Sie sie neu, zum Beispiel mit openssl pkcs12 -export.',
      pkcs12_incomplete:
        'Diese PKCS#12-Datei muss sowohl den Schlüssel als auch das Zertifikat der Root-CA enthalten.',
      pkcs12_several_keys:
        'Diese PKCS#12-Datei enthält mehrere private Schlüssel. Exportieren Sie nur den der Root-CA.',
      pkcs12_derivation:
        'Die Passphrase dieser PKCS#12-Datei zu prüfen würde zu lange dauern. Exportieren Sie sie neu mit weniger Runden.',
    },
  },
};
