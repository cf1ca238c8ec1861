import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { api, responseOf } from '../../api/client.ts';
import { projectQuery } from '../../api/queries.ts';
import { TermsField } from '../face/terms-field.tsx';
import { useAskedParams } from '../../ui/asked-params.ts';
import { Card } from '../../ui/card.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { StepBar } from '../../ui/step-bar.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { focusFirstInvalid, useRefusedFields } from '../../ui/forms/server-errors.ts';
import { forgetDrafts, useDraft } from '../../ui/forms/draft.ts';
import { siteBody } from '../sites/site-checks.ts';
import { RoleStep } from './role-step.tsx';
import {
  BLANK_SIGN_UP,
  SignUpDraft,
  stepsOf,
  stepWithField,
  type Invited,
  type SignUpValues,
} from './sign-up-values.ts';
import { SignUpDone } from './sign-up-done.tsx';
import { SitesStep } from './sites-step.tsx';
import { useSignUpCheck } from './use-sign-up-check.ts';
import { YouStep } from './you-step.tsx';

const send = (values: SignUpValues, invitation: string | undefined, terms: string) =>
  responseOf(
    api.POST('/api/v1/users', {
      body: {
        email: values.email,
        name: values.name,
        password: values.password,
        organization: values.organization,
        role: values.role,
        ...(invitation === undefined ? {} : { invitation }),
        ...(terms === '' ? {} : { accepted_terms: terms }),
        ...(values.role === 'org_admin' ? { sites: values.sites.map(siteBody) } : {}),
      },
    }),
  );

const textOf = (error: unknown): string | undefined => (typeof error === 'string' ? error : undefined);

/** Puts the focus into the first field of a step that was just reached, or the first wrong one. */
const useStepFocus = (step: number) => {
  const fields = useRef<HTMLDivElement>(null);
  const last = useRef(step);
  useLayoutEffect(() => {
    if (last.current === step) {
      return;
    }
    last.current = step;
    const wrong = fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    (wrong ?? fields.current?.querySelector<HTMLElement>('input'))?.focus();
  }, [step]);
  return fields;
};

/** Who one is, which role, which sites: checked step by step, sent in one call at the end. */
export const SignUpForm = ({ invited }: { readonly invited?: Invited }) => {
  const { t } = useTranslation();
  const [params, setParams] = useAskedParams();
  const { hash } = useLocation();
  const form = useForm<SignUpValues>({
    initialValues: {
      ...BLANK_SIGN_UP,
      ...(invited && { email: invited.email, organization: invited.organization, role: invited.role }),
    },
  });
  useDraft(invited === undefined ? 'sign-up' : `sign-up-${invited.token.slice(5, 21)}`, form, SignUpDraft);
  const check = useSignUpCheck();
  const { data: project } = useQuery(projectQuery);
  const terms = project === undefined || project.terms === '' ? '' : project.terms_version;
  const steps = stepsOf(form.values.role, invited !== undefined);
  const step = Math.max(0, Math.min(Number(params.get('step') ?? 1) || 1, steps.length) - 1);
  // Steps stand in the history: Back leads to the step before.
  const setStep = (next: number) => {
    setParams(() => new URLSearchParams(next === 0 ? '' : { step: String(next + 1) }), { hash });
  };
  const fields = useStepFocus(step);
  const refusedFields = useRefusedFields();
  const signUp = useMutation({
    mutationFn: (values: SignUpValues) => send(values, invited?.token, terms),
    onSuccess: forgetDrafts,
    onError: (error) => {
      const errors = refusedFields(error);
      form.setErrors(errors);
      const first = Object.keys(errors)[0];
      if (first !== undefined) {
        setStep(stepWithField(first, steps));
      }
    },
  });
  const current = steps[step] ?? 'you';
  const goOn = () => {
    const wrong = steps.slice(0, step + 1).find((name) => Object.keys(check(name, form.values)).length > 0);
    const errors = check(wrong ?? current, form.values);
    form.setErrors(errors);
    if (wrong !== undefined && wrong !== current) {
      setStep(steps.indexOf(wrong));
    }
    if (Object.keys(errors).length > 0) {
      focusFirstInvalid();
      return;
    }
    if (step + 1 < steps.length) {
      setStep(step + 1);
    } else if (terms !== '' && !form.values.accepted) {
      form.setErrors({ accepted_terms: t('face.mustAccept') });
      focusFirstInvalid();
    } else {
      signUp.mutate(form.values);
    }
  };
  if (signUp.isSuccess) {
    return <SignUpDone isInvited={invited !== undefined} values={form.values} />;
  }
  return (
    <>
      <PageHead title={t('signUp.title')} lead={t('signUp.lead')} />
      <Card>
        <StepBar
          steps={steps.map((name) =>
            t(`signUp.step${name === 'you' ? 'You' : name === 'role' ? 'Role' : 'Sites'}`),
          )}
          active={step}
        />
        <FormProblem error={signUp.error} fields={Object.keys(form.errors)} />
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            goOn();
          }}
        >
          <Stack ref={fields}>
            {current === 'you' ? (
              <YouStep
                form={form}
                isEmailFixed={(invited?.email ?? '') !== ''}
                isInvited={invited !== undefined}
              />
            ) : null}
            {current === 'role' ? <RoleStep form={form} /> : null}
            {current === 'sites' ? <SitesStep form={form} /> : null}
            {terms !== '' && step + 1 === steps.length ? (
              <TermsField
                version={terms}
                checked={form.values.accepted}
                error={textOf(form.errors['accepted_terms'])}
                onChange={(accepted) => {
                  form.setFieldValue('accepted', accepted);
                  form.clearFieldError('accepted_terms');
                }}
              />
            ) : null}
            <Group justify="space-between">
              {step > 0 ? (
                <Button
                  variant="default"
                  onClick={() => {
                    setStep(step - 1);
                  }}
                >
                  {t('common.back')}
                </Button>
              ) : (
                <span />
              )}
              <Button type="submit" loading={signUp.isPending}>
                {step + 1 < steps.length
                  ? t('common.next')
                  : t(invited ? 'invitations.submit' : 'signUp.submit')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Card>
    </>
  );
};
