const merged = (path: string): string => path.replace(/\/{2,}/g, '/');

/** Path below which the page was asked for, without a slash at its end: empty, or the prefix of a proxy. */
export const BASE = merged(
  new URL(document.documentElement.dataset['base'] ?? './', location.href).pathname,
).replace(/\/$/, '');

// Browsers resolve it again whenever the address changes.
for (const link of document.querySelectorAll<HTMLLinkElement>(
  'link[rel~="icon"], link[rel="apple-touch-icon"], link[rel="manifest"]',
)) {
  link.setAttribute('href', link.href);
}

// The router does not take an address with doubled slashes for one below the prefix.
if (location.pathname.includes('//')) {
  history.replaceState(null, '', `${merged(location.pathname)}${location.search}${location.hash}`);
}
