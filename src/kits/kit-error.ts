/**
 * Reasons why a kit cannot be generated:
 * - `server_unnamed`, `second_server_unnamed`, `overseer_unnamed`: the project lacks that host name
 * - `no_high_availability`: the project does not run in HA mode, so there is neither second server nor overseer
 * - `high_availability_unsupported`: the target release has no overseer (2.7 and later)
 * - `properties_invalid`: properties of project, server, client, user or of the properties file are wrong
 * - `relay_unknown`: the participant connects to a relay that is not approved
 * - `relay_unsupported`: the target release has no relays (2.5 and earlier)
 * - `hierarchy_circular`: a site or relay stands below itself
 * - `root_forbids_job_ca`: the target release needs a job CA, and the root CA allows none
 * - `ports_equal`: a release before 2.7 needs an admin port of its own
 * - `pin_invalid`: the PIN is not made of letters and digits
 */
export type KitErrorCode =
  | 'server_unnamed'
  | 'second_server_unnamed'
  | 'overseer_unnamed'
  | 'no_high_availability'
  | 'high_availability_unsupported'
  | 'properties_invalid'
  | 'relay_unknown'
  | 'relay_unsupported'
  | 'hierarchy_circular'
  | 'root_forbids_job_ca'
  | 'ports_equal'
  | 'pin_invalid';

/** An invalid property: its path (`server_props.fed_learn_port`) and what is wrong with it. */
export interface PropsProblem {
  readonly path: string;
  readonly message: string;
}

/** Thrown when a kit cannot be generated; the message is shown to the requester. */
export class KitError extends Error {
  override readonly name = 'KitError';
  readonly code: KitErrorCode;
  readonly problems: readonly PropsProblem[];

  constructor(code: KitErrorCode, message: string, problems: readonly PropsProblem[] = []) {
    super(message);
    this.code = code;
    this.problems = problems;
  }
}
