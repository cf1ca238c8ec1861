/** Errors of fields that no first view has. */
export const laterErrors = {
  errors: {
    fields: {
      csv_encoding: 'No es un archivo CSV en UTF-8. En Excel, guárdelo como «CSV UTF-8».',
      csv_syntax:
        'No es una tabla CSV válida: hay unas comillas sin cerrar o una fila tiene más celdas que el encabezado.',
      csv_empty: 'La tabla no tiene filas debajo del encabezado.',
      csv_rows: 'La tabla es demasiado larga: 500 filas como máximo.',
      missing_column: 'Falta esta columna.',
      unknown_column: 'Esta columna no se conoce. Elimínela o corrija su nombre.',
      unknown_role: 'Use member, lead u org_admin.',
      whole_number: 'Indique un número entero, como máximo 1024 GPU y 65535 GiB.',
      admin_only: 'Solo el administrador del proyecto puede elegir esto.',
      not_org_admin: 'No es un administrador aprobado de esta organización.',
      invited: 'Esta persona ya tiene una invitación abierta.',
      root_unsigned:
        'La solicitud de la CA raíz aún no está firmada. Importe el certificado o descarte la solicitud.',
      root_forbids_job_ca:
        'La CA raíz no permite ninguna CA por debajo (pathlen:0), y los servidores de NVFLARE 2.10 necesitan una CA de trabajos. Elija 2.9 o importe otra CA raíz.',
      root_needs_grpc: 'Una CA raíz firmada por otra CA solo funciona con gRPC y NVFLARE 2.7 o posterior.',
      root_unreadable: 'Este certificado no se puede leer. Elija un archivo PEM o DER sin clave privada.',
      root_pkcs12: 'Es un archivo PKCS#12, que ya contiene la clave. Impórtelo solo, sin archivo de clave.',
      root_not_rsa: 'El certificado no tiene una clave RSA, que NVFLARE necesita. Use una clave RSA.',
      root_weak:
        'Demasiado débil: se necesita una clave RSA de 2048 a 8192 bits y una firma con SHA-256 o mejor.',
      root_not_ca: 'No es el certificado de una CA: necesita basicConstraints, crítico, con CA:TRUE.',
      root_no_cert_sign: 'Este certificado no puede firmar otros: necesita keyUsage con keyCertSign.',
      root_restricted:
        'Esta CA está limitada a otros usos (restricciones de nombre, extendedKeyUsage o una extensión crítica). Haga que se emita sin ellos.',
      root_path_length: 'Una CA superior no permite otra CA (pathlen). Haga que la firme otra.',
      root_outdated: 'Este certificado ha caducado.',
      root_not_yet_valid: 'Este certificado aún no es válido.',
      root_wrong_name:
        'Su CN no es el nombre corto del proyecto. Haga que se emita con ese nombre o cambie el nombre corto.',
      root_surplus: 'El archivo contiene otros certificados que no pertenecen a la cadena. Quítelos.',
      root_chain_incomplete: 'Falta una CA superior. Añada los certificados hasta el autofirmado.',
      root_chain_invalid: 'Una CA superior ha caducado o no puede firmar certificados.',
      root_mismatch: 'El certificado y la clave no se corresponden.',
      key_unreadable: 'Esta clave privada no se puede leer. Elija un archivo PEM (PKCS#1 o PKCS#8).',
      key_not_rsa: 'No es una clave RSA, que NVFLARE necesita.',
      key_encrypted: 'La clave está cifrada. Introduzca su frase de contraseña.',
      key_derivation:
        'Probar la frase de contraseña de esta clave llevaría demasiado tiempo: vuelva a cifrarla con «openssl pkcs8 -topk8».',
      key_passphrase_wrong: 'Esta frase de contraseña no abre el archivo.',
      pkcs12_unreadable: 'Este archivo PKCS#12 está dañado.',
      pkcs12_unsupported:
        'Este archivo PKCS#12 está cifrado de una forma que no se admite. Expórtelo de nuevo, por ejemplo con openssl pkcs12 -export.',
      pkcs12_incomplete: 'Este archivo PKCS#12 debe contener la clave y el certificado de la CA raíz.',
      pkcs12_several_keys:
        'Este archivo PKCS#12 contiene varias claves privadas. Exporte solo la de la CA raíz.',
      pkcs12_derivation:
        'Probar la frase de contraseña de este archivo PKCS#12 tardaría demasiado. Expórtelo de nuevo con menos iteraciones.',
    },
  },
};
