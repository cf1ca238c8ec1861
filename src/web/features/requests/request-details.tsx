import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CertificateRequest } from '../../api/views.ts';

/** Shows what a person compares before a key is certified. */
export const RequestDetails = ({ request }: { readonly request: CertificateRequest }) => {
  const { t } = useTranslation();
  const facts = [
    [
      t('ownKey.subject'),
      [request.name, request.organization, request.role].filter((text) => text !== '').join(', '),
    ],
    [t('ownKey.names'), request.alternative_names.join(', ')],
    [t('ownKey.key'), t('ownKey.keyOf', { type: request.key_type, bits: request.key_bits })],
    [t('ownKey.fingerprint'), request.public_key_sha256],
    [t('ownKey.requestId'), request.request_id],
    ...(request.renews === undefined ? [] : [[t('ownKey.renews'), request.renews] as const]),
  ] as const;
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <Text component="dt" size="sm" fw={600}>
            {name}
          </Text>
          <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
            {value}
          </Text>
        </div>
      ))}
    </dl>
  );
};
