import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attachment } from './content-disposition.ts';

describe('the Content-Disposition of a kit', () => {
  it.each([
    ['site-1.zip', 'attachment; filename="site-1.zip"'],
    ['lead@example.org.zip', 'attachment; filename="lead@example.org.zip"'],
    ['a"b.zip', String.raw`attachment; filename="a\"b.zip"`],
    ['../../etc/passwd', 'attachment; filename="__.._etc_passwd"'],
    ['a\r\nSet-Cookie: x', 'attachment; filename="a__Set-Cookie: x"'],
    ['é.zip', `attachment; filename="_.zip"; filename*=UTF-8''%C3%A9.zip`],
    [
      "O'Hara (1)*é.zip",
      `attachment; filename="O'Hara (1)*_.zip"; filename*=UTF-8''O%27Hara%20%281%29%2A%C3%A9.zip`,
    ],
  ])('gives %j its name in double quotes', (name, expected) => {
    expect(attachment(name)).toBe(expected);
  });

  it('never lets a name end the quoted string or the header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(attachment(name)).toMatch(
          /^attachment; filename="(?:[\x20\x21\x23-\x7e]|\\")*"(?:; filename\*=UTF-8''[\w.!~%-]*)?$/,
        );
      }),
    );
  });
});
