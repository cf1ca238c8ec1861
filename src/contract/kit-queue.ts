/** Path of the field that a kit is refused for when its turn did not come: whoever asks again waits on. */
export const KIT_QUEUE = 'queue';

/** The backend lets a request for a kit wait for a minute, since proxies give up then: so often it is asked again. */
const MAX_TRIES = 15;

/**
 * Asks for a kit until its turn has come.
 *
 * @param secondsLeft for a response that says to ask again: after how many seconds; undefined for every other
 */
export const untilServed = async <T>(
  ask: () => Promise<T>,
  secondsLeft: (response: T) => number | undefined,
  wait: (ms: number) => Promise<unknown>,
): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    const response = await ask();
    const seconds = secondsLeft(response);
    if (seconds === undefined || attempt >= MAX_TRIES) {
      return response;
    }
    await wait(seconds * 1000);
  }
};
