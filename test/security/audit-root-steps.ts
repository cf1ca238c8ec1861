import { z } from 'zod';
import { OwnCa } from '../support/own-ca.ts';
import { admin } from './audited-study.ts';
import type { Step } from './audit-steps.ts';

const Prepared = z.object({ prepared: z.object({ request: z.string() }) });

const acceptSigned = async () => {
  const ca = new OwnCa();
  try {
    const { prepared } = Prepared.parse((await admin('GET', '/ca/prepared')).json);
    const hospital = ca.make('hospital', { subject: '/CN=Hospital' });
    const certificate = ca.sign(prepared.request, 'signed', 'hospital') + hospital;
    return await admin('POST', '/ca/certificate', { certificate });
  } finally {
    ca.remove();
  }
};

const importRoot = async () => {
  const ca = new OwnCa();
  try {
    const certificate = ca.make('root', { subject: '/CN=audited' });
    return await admin('POST', '/ca/import', { certificate, key: ca.key('root') });
  } finally {
    ca.remove();
  }
};

/** The changes to a root CA of one's own; the freeze takes the imported one. */
export const ROOT_STEPS: readonly Step[] = [
  {
    operation: 'POST /ca/request',
    rows: ['authority.request'],
    ask: () => admin('POST', '/ca/request'),
    status: 200,
  },
  { operation: 'POST /ca/certificate', rows: ['authority.certificate'], ask: acceptSigned, status: 200 },
  {
    operation: 'DELETE /ca/prepared',
    rows: ['authority.discard'],
    ask: () => admin('DELETE', '/ca/prepared'),
    status: 200,
  },
  { operation: 'POST /ca/import', rows: ['authority.import'], ask: importRoot, status: 200 },
];

const Planned = z.object({ plan: z.object({ version: z.string() }) });

/** Once the project is frozen. */
export const RENEWAL_STEP: Step = {
  operation: 'POST /ca/renewal',
  rows: ['authority.renew'],
  ask: async () => {
    const { plan } = Planned.parse((await admin('POST', '/ca/renewal/plan', {})).json);
    return admin('POST', '/ca/renewal', { version: plan.version });
  },
  status: 200,
};
