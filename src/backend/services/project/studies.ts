import type { FieldProblem } from '../../../contract/errors.ts';
import { Studies } from '../../../contract/studies.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { approvedEmails, approvedSites } from '../../store/peers.ts';
import { propsOf } from '../../store/stored-json.ts';

/** Stored studies; undefined for none. */
export const studiesOf = (text: string): Studies | undefined => {
  const studies = Studies.safeParse(propsOf(text)).data;
  return studies === undefined || Object.keys(studies).length === 0 ? undefined : studies;
};

/** Those who may take part now. */
interface Members {
  readonly organizationOf: ReadonlyMap<string, string>;
  readonly emails: ReadonlySet<string>;
}

const membersOf = async (db: Reader | Trx): Promise<Members> => ({
  organizationOf: new Map((await approvedSites(db)).map(({ name, organization }) => [name, organization])),
  emails: new Set(await approvedEmails(db)),
});

/** Returns the studies without sites and people that do not take part in the project any more. */
export const presentStudies = async (
  db: Reader | Trx,
  studies: Studies | undefined,
): Promise<Studies | undefined> => {
  if (studies === undefined) {
    return undefined;
  }
  const { organizationOf, emails } = await membersOf(db);
  return Object.fromEntries(
    Object.entries(studies).map(([name, { site_orgs, admins }]) => [
      name,
      {
        site_orgs: Object.fromEntries(
          Object.entries(site_orgs).map(([organization, sites]) => [
            organization,
            sites.filter((site) => organizationOf.get(site) === organization),
          ]),
        ),
        admins: admins.filter((email) => emails.has(email)),
      },
    ]),
  );
};

const repeatedIn = (names: readonly string[]): ReadonlySet<string> =>
  new Set(names.filter((name, index) => names.indexOf(name) !== index));

/** Returns what studies name that the project does not have, with paths such as `studies.lung.admins.0`. */
export const studyProblems = async (
  db: Reader | Trx,
  studies: Studies | undefined,
): Promise<readonly FieldProblem[]> => {
  if (studies === undefined) {
    return [];
  }
  const { organizationOf, emails } = await membersOf(db);
  return Object.entries(studies).flatMap(([study, { site_orgs, admins }]) => {
    const repeated = repeatedIn([...Object.values(site_orgs).flat(), ...admins]);
    const check = (path: string, name: string, problem: string | undefined): readonly FieldProblem[] => {
      if (problem !== undefined) {
        return [{ path, message: `${name} ${problem}` }];
      }
      return repeated.has(name) ? [{ path, code: 'duplicate', message: `${name} is listed twice` }] : [];
    };
    const ofSite = (site: string, organization: string): string | undefined => {
      const actual = organizationOf.get(site);
      return actual === undefined
        ? 'is no approved site of this project'
        : actual === organization
          ? undefined
          : `is a site of ${actual}, not of ${organization}`;
    };
    return [
      ...Object.entries(site_orgs).flatMap(([organization, sites]) =>
        sites.flatMap((site, index) =>
          check(`studies.${study}.site_orgs.${organization}.${index}`, site, ofSite(site, organization)),
        ),
      ),
      ...admins.flatMap((email, index) =>
        check(
          `studies.${study}.admins.${index}`,
          email,
          emails.has(email) ? undefined : 'is no approved user of this project',
        ),
      ),
    ];
  });
};
