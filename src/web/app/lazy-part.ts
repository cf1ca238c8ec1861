import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { connection } from '../api/connection.ts';

/**
 * A part of the page whose code is fetched when it is first shown. When the server is down at that moment, it is
 * fetched once more as soon as the server answers again.
 */
export const lazyPart = <P extends object>(
  load: () => Promise<ComponentType<P>>,
): LazyExoticComponent<ComponentType<P>> =>
  lazy(async () => {
    try {
      return { default: await load() };
    } catch {
      connection.note(false);
      await connection.found();
      return { default: await load() };
    }
  });
