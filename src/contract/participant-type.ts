/** Kind of a registered participant: a site, or a relay that sites connect to in place of the server. */
export const PARTICIPANT_TYPES = ['client', 'relay'] as const;
export type ParticipantType = (typeof PARTICIPANT_TYPES)[number];

/** A stored type; `client` for a text that is none. */
export const participantTypeOf = (text: string): ParticipantType => (text === 'relay' ? 'relay' : 'client');
