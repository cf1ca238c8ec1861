import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { api, responseOf } from '../api/client.ts';
import { connection } from '../api/connection.ts';
import { fetchCode } from '../api/fetch-code.ts';
import { allTexts } from '../i18n/setup.ts';
import { reloadOnce } from './reload-once.ts';

const isServerUp = async (): Promise<boolean> => {
  try {
    await responseOf(api.GET('/api/v1/health'));
    return true;
  } catch {
    return false;
  }
};

/**
 * Imports code of the page. While the server is down it waits and tries again; code that is gone although the server
 * responds belongs to an older version of the dashboard, so the page is reloaded once.
 */
export const importPart = async <T>(load: () => Promise<T>): Promise<T> => {
  try {
    return await fetchCode(load);
  } catch (error) {
    if (await isServerUp()) {
      if (reloadOnce()) {
        return await new Promise<never>(() => undefined);
      }
      throw error;
    }
    connection.note(false);
    await connection.found();
    return load().catch(async (cause: unknown) => {
      // A browser may remember that a module failed to load; only a reload makes it forget.
      if (reloadOnce()) {
        return await new Promise<never>(() => undefined);
      }
      throw cause;
    });
  }
};

/** Style sheets of what no first view shows. */
export const laterStyles = (): Promise<unknown> => import('./later-styles.ts');

type Load<P> = () => Promise<ComponentType<P>>;

/** A part of the first view, whose texts and style sheets are there already: neither `i18n/en/later.ts` nor `later-styles.ts`. */
export const firstPart = <P extends object>(load: Load<P>): LazyExoticComponent<ComponentType<P>> =>
  lazy(async () => ({ default: await importPart(load) }));

/** A part of the page whose code, texts and style sheets are imported when it is first shown. */
export const lazyPart = <P extends object>(load: Load<P>): LazyExoticComponent<ComponentType<P>> =>
  firstPart(async () => {
    const [part] = await Promise.all([load(), allTexts(), laterStyles()]);
    return part;
  });
