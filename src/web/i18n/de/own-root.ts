export const ownRoot = {
  ownRoot: {
    warning: {
      no_job_ca:
        'Ihr pathlen:0 erlaubt keine CA unter ihr: NVFLARE 2.10 braucht eine Job-CA, daher kann dieses Projekt mit ihr nicht auf 2.10 wechseln.',
      no_crl:
        'Sie darf keine Sperrlisten signieren (cRLSign fehlt): Proxys werden die Liste des Projekts ablehnen.',
    },
    title: 'Root-CA',
    none: 'Beim Einfrieren wird eine Root-CA erzeugt. Sie können stattdessen eine eigene verwenden.',
    certificate: 'Zertifikat der Root-CA',
    certificateHint: 'PEM, DER oder PKCS#12 mit dem Schlüssel darin; der CN ist der Kurzname des Projekts.',
    key: 'Privater Schlüssel',
    keyHint:
      'RSA, PEM. Er wird unter der Passphrase gespeichert, mit der das Dashboard gestartet wurde, sonst unter seiner eigenen.',
    passphrase: 'Passphrase des Schlüssels oder der PKCS#12-Datei (falls vorhanden)',
    import: 'Importieren',
    requestLead:
      'Oder lassen Sie sie von einer anderen CA signieren, etwa der des Krankenhauses: Der Schlüssel wird hier erzeugt und bleibt hier.',
    request: 'Anforderung erzeugen',
    requested:
      'Die Anforderung für die Root-CA „{{name}}“ wartet auf die Signatur einer anderen CA. Importieren Sie das ausgestellte Zertifikat zusammen mit denen der CAs darüber in einer PEM-Datei.',
    saveRequest: 'Anforderung speichern',
    accept: 'Signiertes Zertifikat importieren',
    discard: 'Verwerfen',
    ready: 'Beim Einfrieren wird diese Root-CA verwendet:',
    subject: 'Subjekt',
    issuer: 'Aussteller',
    expires: 'Läuft ab',
    refused: 'Abgelehnt',
  },
  rootRenewal: {
    title: 'Root-CA',
    expires: 'Die Root-CA läuft am {{time}} ab.',
    progress:
      '{{renewed}} von {{total}} Teilnehmern haben das aktuelle Root-Zertifikat. Das vorige läuft am {{time}} ab; bis dahin arbeiten Kits mit beiden zusammen.',
    waiting: 'Noch mit dem vorigen',
    renew: 'Root-CA erneuern',
    lead: 'Der Schlüssel bleibt, nur das Zertifikat wird erneuert: Niemand muss sein Kit sofort wechseln, und Ausgestelltes bleibt gültig. Alle brauchen das nächste Kit, bevor das jetzige Zertifikat abläuft.',
    days: 'Gültig für (Tage)',
    request:
      'Eine andere CA hat sie signiert. Lassen Sie sie diese Anforderung signieren und wählen Sie dann das ausgestellte Zertifikat:',
    kits: 'Braucht das nächste Kit',
    nobody: 'noch niemand',
  },
} as const;
