/**
 * JSON as kits carry it: indented by two spaces, ASCII only, since the runtime decodes signed files as ASCII.
 */
export const kitJson = (value: object): string =>
  `${JSON.stringify(value, undefined, 2).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )}\n`;
