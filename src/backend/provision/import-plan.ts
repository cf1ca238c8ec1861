import type { Capacity, Props } from '../../contract/kit.ts';
import type { ParticipantType } from '../../contract/participant-type.ts';
import type { TargetRelease } from '../../contract/releases.ts';
import type { Role } from '../../contract/roles.ts';
import type { Studies } from '../../contract/studies.ts';

export interface ImportedUser {
  readonly email: string;
  readonly organization: string;
  readonly role: Role;
  readonly props: Props;
}

export interface ImportedSite {
  readonly type: ParticipantType;
  readonly name: string;
  readonly organization: string;
  readonly props: Props;
  readonly capacity: Partial<Capacity>;
}

/** Everything that the dashboard takes out of a `project.yml`, checked. */
export interface ImportPlan {
  readonly shortName: string;
  readonly description: string;
  readonly appLocation: string;
  readonly release: TargetRelease;
  readonly releaseChosen: boolean;
  readonly server1: string;
  readonly server2: string;
  readonly overseer: string;
  readonly projectProps: Props;
  readonly serverProps: Props;
  readonly rootValidDays: number | undefined;
  readonly requireSignedJobs: boolean | undefined;
  readonly studies: Studies | undefined;
  readonly users: readonly ImportedUser[];
  readonly sites: readonly ImportedSite[];
}

/** Collects, line by line, what cannot be taken. */
export class NotTaken {
  readonly #lines: string[] = [];

  add(where: string, what: string): void {
    this.#lines.push(`${where}: ${what}`);
  }

  get lines(): readonly string[] {
    return this.#lines;
  }
}
