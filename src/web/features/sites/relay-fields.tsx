import { NumberInput, SimpleGrid, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Place, PlaceErrors } from './relay-place.ts';

interface RelayFieldsProps {
  readonly values: Place;
  readonly errors: PlaceErrors;
  readonly onChange: (values: Place) => void;
}

const HIGHEST_PORT = 65535;

/** Whether a new participant is a relay, where it listens, and what it connects to. */
export const RelayFields = ({ values, errors, onChange }: RelayFieldsProps) => {
  const { t } = useTranslation();
  return (
    <>
      <Switch
        label={t('sites.isRelay')}
        description={t('sites.relayHint')}
        checked={values.isRelay}
        onChange={(event) => {
          onChange({ ...values, isRelay: event.currentTarget.checked });
        }}
      />
      {values.isRelay ? (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            label={t('sites.relayHost')}
            value={values.host}
            error={errors.host}
            onChange={(event) => {
              onChange({ ...values, host: event.currentTarget.value });
            }}
          />
          <NumberInput
            label={t('sites.relayPort')}
            value={values.port}
            error={errors.port}
            min={1}
            max={HIGHEST_PORT}
            allowDecimal={false}
            hideControls
            onChange={(port) => {
              onChange({ ...values, port });
            }}
          />
        </SimpleGrid>
      ) : null}
      <TextInput
        label={t('sites.through')}
        description={t('sites.throughHint')}
        value={values.through}
        error={errors.through}
        onChange={(event) => {
          onChange({ ...values, through: event.currentTarget.value });
        }}
      />
    </>
  );
};
