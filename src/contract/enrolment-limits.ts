/** Bounds of an enrolment token; the command reads them without the API's schemas. */
export const MAX_ENROLMENT_DAYS = 366;
export const MAX_ENROLMENT_USES = 1000;
