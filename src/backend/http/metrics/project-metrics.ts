import { X509Certificate } from 'node:crypto';
import type { ServiceContext } from '../../context/context.ts';
import {
  countCertificatesUntil,
  countParticipantsByState,
  firstExpiries,
  type ParticipantCounts,
} from '../../store/participants.ts';
import { readProject } from '../../store/project.ts';
import { fromTimestamp, toTimestamp } from '../../store/timestamp.ts';
import type { Metric } from './exposition.ts';

const DAY_MS = 86_400_000;
/** Certificates are counted by whether they expire within so many days; 0: expired. */
const DAYS = [0, 7, 30, 90] as const;
const STATES = ['approved', 'pending', 'denied'] as const;

const participants = (counts: readonly ParticipantCounts[]): readonly Metric[] => [
  {
    name: 'nvflare_dashboard_participants',
    type: 'gauge',
    help: 'Users and sites, by what was decided about them.',
    samples: counts.flatMap((count) =>
      STATES.map((state) => ({ labels: { kind: count.kind, state }, value: count[state] })),
    ),
  },
  {
    name: 'nvflare_dashboard_kit_downloads',
    type: 'gauge',
    help: 'Startup kits that the present users and sites have downloaded.',
    samples: counts.map(({ kind, downloads }) => ({ labels: { kind }, value: downloads })),
  },
];

const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000);

/** When the root CA expires; nothing before the project is frozen. */
const rootExpiry = async ({ db }: Pick<ServiceContext, 'db'>): Promise<Metric['samples']> => {
  const { root_cert: pem } = await readProject(db.reader);
  return pem === null || pem.length === 0
    ? []
    : [{ labels: { kind: 'root' }, value: secondsOf(new Date(new X509Certificate(pem).validTo)) }];
};

const read = async ({ db, now }: Pick<ServiceContext, 'db' | 'now'>): Promise<readonly Metric[]> => {
  const reader = db.searcher();
  const counts = await countParticipantsByState(reader);
  const moments = DAYS.map((days) => toTimestamp(new Date(now().getTime() + days * DAY_MS)));
  const expiring = await countCertificatesUntil(reader, moments);
  return [
    ...participants(counts),
    {
      name: 'nvflare_dashboard_certificates_expiring',
      type: 'gauge',
      help: 'Issued certificates that expire within so many days; 0 days: have expired.',
      samples: DAYS.map((days, index) => ({ labels: { days: String(days) }, value: expiring[index] ?? 0 })),
    },
    {
      name: 'nvflare_dashboard_certificate_not_after_seconds',
      type: 'gauge',
      help: 'Unix time at which the root CA, and the first certificate in force of each kind, expires.',
      samples: [
        ...(await rootExpiry({ db })),
        ...(await firstExpiries(reader, toTimestamp(now()))).map(({ kind, not_after: at }) => ({
          labels: { kind },
          value: secondsOf(fromTimestamp(at)),
        })),
      ],
    },
  ];
};

/** Figures of the project; without the database only that it does not respond. */
export const projectMetrics = async (
  context: Pick<ServiceContext, 'db' | 'now'>,
): Promise<readonly Metric[]> => {
  const found = await read(context).catch(() => undefined);
  const up: Metric = {
    name: 'nvflare_dashboard_database_up',
    type: 'gauge',
    help: '1 while the database responds.',
    samples: [{ value: Number(found !== undefined) }],
  };
  return [up, ...(found ?? [])];
};
