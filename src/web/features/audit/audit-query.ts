/** Describes what of the audit is shown, as it stands in the page's address. */
export interface AuditFilters {
  readonly q: string;
  /** One kind of event; empty for all. */
  readonly action: string;
  /** First and last day, YYYY-MM-DD of the place where the page is looked at; empty for all. */
  readonly from: string;
  readonly to: string;
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The moment at which a day begins here, some days later; undefined for no day. */
const beginning = (day: string, later: number): string | undefined => {
  const [, year, month, date] = (DAY.exec(day) ?? []).map(Number);
  if (year === undefined || month === undefined || date === undefined) {
    return undefined;
  }
  return new Date(year, month - 1, date + later).toISOString();
};

/** The filters as `GET /audit` takes them. */
export const auditQuery = ({ q, action, from, to }: AuditFilters) => {
  const since = beginning(from, 0);
  const until = beginning(to, 1);
  return {
    ...(q === '' ? {} : { q }),
    ...(action === '' ? {} : { action }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  };
};
