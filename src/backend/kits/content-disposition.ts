/**
 * Value of Content-Disposition for a download: the file name as a quoted string (RFC 6266, 4.1; RFC 9110, 5.6.4),
 * with the extended form (RFC 8187) beside it only where the name is not plain ASCII.
 *
 * @param fileName any text; what could end the header or name a folder is replaced by `_`
 */
export const attachment = (fileName: string): string => {
  const safe = fileName.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}/\\]/gu, '_').replace(/^\.+/, '_');
  const ascii = safe.replace(/[^\x20-\x7e]/gu, '_').replaceAll('"', String.raw`\"`);
  const plain = `attachment; filename="${ascii}"`;
  if (/^[\x20-\x7e]*$/.test(safe)) {
    return plain;
  }
  const encoded = encodeURIComponent(safe).replace(
    /['()*]/g,
    (symbol) => `%${symbol.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${plain}; filename*=UTF-8''${encoded}`;
};
