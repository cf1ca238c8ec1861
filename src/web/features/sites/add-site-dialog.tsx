import { Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogActions } from '../../ui/dialog-actions.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { useNameCheck } from '../../ui/forms/name-checks.ts';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { useRefusedFields } from '../../ui/forms/server-errors.ts';
import { useSession } from '../session/session-context.ts';
import { BLANK_SITE, hasErrors, siteBody, useSiteCheck, type SiteErrors } from './site-checks.ts';
import { NO_RELAY, placeBody, PLACE_PATHS, placeErrors, type PlaceErrors } from './relay-place.ts';
import { RelayFields } from './relay-fields.tsx';
import { SiteFields } from './site-fields.tsx';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

const NO_ERRORS: SiteErrors = { name: null, gpus: null, memory: null };

/** Adds a site: an org admin to the own organization, the project admin to any. */
export const AddSiteDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const { role } = useSession();
  const admin = role === 'project_admin';
  const checkName = useNameCheck();
  const checkSite = useSiteCheck();
  const refusedFields = useRefusedFields();
  const cache = useQueryClient();
  const outcome = useOutcome();
  const [site, setSite] = useState(BLANK_SITE);
  const [place, setPlace] = useState(NO_RELAY);
  const [organization, setOrganization] = useState('');
  const [errors, setErrors] = useState(NO_ERRORS);
  const [wrongPlace, setWrongPlace] = useState<PlaceErrors>({});
  const [wrongOrganization, setWrongOrganization] = useState<string | null>(null);
  const add = useReportedMutation({
    mutationFn: () =>
      responseOf(
        api.POST('/api/v1/clients', {
          body: { ...siteBody(site), ...placeBody(place), ...(admin ? { organization } : {}) },
        }),
      ),
    onSuccess: async () => {
      outcome.done(t('sites.added', { name: site.name }));
      await cache.invalidateQueries();
    },
    onError: (error) => {
      const refused = refusedFields(error);
      setErrors({ ...NO_ERRORS, name: refused['name'] ?? null });
      setWrongOrganization(refused['organization'] ?? null);
      setWrongPlace(placeErrors(refused));
    },
  });
  const submit = () => {
    // A relay runs no jobs, so nobody is asked for its GPUs.
    const found = checkSite(place.isRelay ? { ...site, gpus: 0, memory: 0 } : site);
    const wrong = admin ? checkName('organization', organization) : null;
    setErrors(found);
    setWrongOrganization(wrong);
    if (!hasErrors(found) && wrong === null) {
      add.mutate(undefined, { onSuccess: onClose });
    }
  };
  return (
    <Dialog opened title={t('sites.add')} onClose={onClose} lightDismiss={false} size="lg">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          <FormProblem error={add.error} fields={['name', 'organization', ...PLACE_PATHS]} />
          <SiteFields values={site} errors={errors} onChange={setSite} />
          <RelayFields values={place} errors={wrongPlace} onChange={setPlace} />
          {admin ? (
            <TextInput
              label={t('signUp.organization')}
              value={organization}
              error={wrongOrganization}
              onChange={(event) => {
                setOrganization(event.currentTarget.value);
              }}
            />
          ) : null}
          <DialogActions submit={t('common.add')} loading={add.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
};
