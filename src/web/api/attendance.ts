/** How long after somebody's last act requests still count as theirs. */
const ATTENDED_MS = 60_000;

let last = Date.now();
for (const act of ['pointerdown', 'keydown', 'wheel']) {
  addEventListener(
    act,
    () => {
      last = Date.now();
    },
    { capture: true, passive: true },
  );
}

/** Returns false for requests that the page sends by itself, such as those after a change by somebody else. */
export const isAttended = (): boolean => Date.now() - last < ATTENDED_MS;
