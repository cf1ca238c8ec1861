import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BASE } from './api/base.ts';
import { App } from './app/app.tsx';
import { warmUp } from './app/warm-up.ts';
import { startTexts } from './i18n/setup.ts';
import { publishNonce } from './ui/nonce.ts';

/** Drawn before it is known who looks, the page would jump when its menu comes; a slow server is not waited for. */
const MAX_WAIT_MS = 1_000;

const waited = new Promise((resolve) => setTimeout(resolve, MAX_WAIT_MS));

publishNonce();
await Promise.all([
  startTexts(),
  Promise.race([warmUp(location.pathname.slice(BASE.length) || '/'), waited]),
]);
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
