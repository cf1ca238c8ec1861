import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BASE } from './api/base.ts';
import { App } from './app/app.tsx';
import { warmUp } from './app/warm-up.ts';
import { takeSsoOutcome } from './features/session/sso-outcome.ts';
import { startTexts } from './i18n/setup.ts';
import { laterStyles } from './ui/lazy-part.ts';
import { publishNonce } from './ui/nonce.ts';
import { PATHS } from './ui/page-list.ts';
import { reloadOnce } from './ui/reload-once.ts';

/** Drawn before it is known who looks, the page would jump when its menu comes; a slow server is not waited for. */
const MAX_WAIT_MS = 1_000;
const SHEET_PAUSE_MS = 1_000;

const waited = new Promise((resolve) => setTimeout(resolve, MAX_WAIT_MS));

/**
 * The page's frame is drawn before its style sheets, which therefore stand behind it; sheets of parts that are fetched
 * later, and the theme, have to come after them.
 */
const takeStylesToHead = async (): Promise<void> => {
  const sheets = [...document.body.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
  await Promise.all(
    sheets.map(
      (sheet) =>
        new Promise((resolve) => {
          sheet.addEventListener('load', resolve, { once: true });
          sheet.addEventListener('error', resolve, { once: true });
          // Relative addresses mean something else once the page's own has been tidied up.
          sheet.href = new URL(sheet.href.split('/').at(-1) ?? '', import.meta.url).href;
          document.head.append(sheet);
        }),
    ),
  );
};

/** Fetches each style sheet that did not come once more: what fetches the code of parts tries their sheets once. */
const fetchSheetsAgain = (): void => {
  const again = new Set<string>();
  addEventListener(
    'error',
    ({ target }) => {
      if (target instanceof HTMLLinkElement && target.rel === 'stylesheet' && !again.has(target.href)) {
        again.add(target.href);
        setTimeout(() => {
          target.replaceWith(target.cloneNode());
        }, SHEET_PAUSE_MS);
      }
    },
    true,
  );
};

/** Otherwise zod, fetched later, tries `new Function`, and the browser reports that the content security policy refused it. */
const keepZodFromEval = (): void => {
  Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
};

const address = location.pathname.slice(BASE.length) || PATHS.home;
const needsMore = address !== PATHS.home;

keepZodFromEval();
fetchSheetsAgain();
publishNonce();
takeSsoOutcome();
await Promise.all([
  takeStylesToHead(),
  startTexts(needsMore),
  needsMore ? laterStyles().catch(() => undefined) : undefined,
  Promise.race([warmUp(address), waited]),
]).catch((error: unknown) => {
  reloadOnce();
  throw error;
});
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
