import type { z } from 'zod';
import type { CapacityInput } from '../../../contract/api/user.ts';
import type { FieldProblem } from '../../../contract/errors.ts';
import type { Capacity, Props } from '../../../contract/kit.ts';
import type { ParticipantType } from '../../../contract/participant-type.ts';
import { OrganizationName, SiteName } from '../../../contract/names.ts';
import type { Trx } from '../../store/database.ts';
import { listeningNamesOf } from '../names/claimed-names.ts';
import type { NameClaim } from '../names/require-free-name.ts';
import { refuseFields } from '../users/user-fields.ts';
import { participantPropsProblems } from '../project/participant-props.ts';

/** Fields of a site that are checked alike when it is registered and when it is changed. */
export interface ClientFields {
  readonly name?: string | undefined;
  readonly organization?: string | undefined;
  readonly props?: Props | null | undefined;
}

const firstIssue = (path: string, result: z.ZodSafeParseResult<unknown>): readonly FieldProblem[] =>
  result.success ? [] : result.error.issues.slice(0, 1).map(({ message }) => ({ path, message }));

/** @param self whose fields they are @throws ApiError `invalid` naming every wrong field */
export const checkClientFields = async (
  trx: Trx,
  fields: ClientFields,
  self: { readonly name: string; readonly type: ParticipantType },
): Promise<void> => {
  const problems: FieldProblem[] = [];
  if (fields.name !== undefined) {
    problems.push(...firstIssue('name', SiteName.safeParse(fields.name)));
  }
  if (fields.organization !== undefined) {
    problems.push(...firstIssue('organization', OrganizationName.safeParse(fields.organization)));
  }
  problems.push(...(await participantPropsProblems(trx, self.type, fields.props, self.name)));
  refuseFields(problems);
};

/** Returns the names that the properties ask for. */
export const listenerClaims = (props: Props | null | undefined): readonly NameClaim[] =>
  listeningNamesOf(props).map((name) => ({ name, use: 'listener', path: 'props.listening_host' }));

/** Capacity with what was given; the older spelling `num_gpus` counts where the other is missing. */
export const mergedCapacity = (before: Capacity, input: z.infer<typeof CapacityInput>): Capacity => ({
  num_of_gpus: input.num_of_gpus ?? input.num_gpus ?? before.num_of_gpus,
  mem_per_gpu_in_GiB: input.mem_per_gpu_in_GiB ?? before.mem_per_gpu_in_GiB,
});
