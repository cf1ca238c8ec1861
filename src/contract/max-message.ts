/** Longest message between a person and the project admins, in UTF-16 code units, as text fields of a page count. */
export const MAX_MESSAGE = 2000;
