import type { Plugin } from 'vite';

const SHEET = /\s*<link rel="stylesheet"[^>]*>/g;

/**
 * Puts the style sheets behind the static frame, which is then drawn before they are there; scripts wait for them all
 * the same.
 */
export const lateStyles = (): Plugin => ({
  name: 'late-styles',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => {
      const sheets = html.match(SHEET) ?? [];
      return html.replace(SHEET, '').replace('</body>', `${sheets.join('')}\n  </body>`);
    },
  },
});
