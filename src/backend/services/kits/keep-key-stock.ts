import { hkdfSync } from 'node:crypto';
import { openKeyStock } from '../../kits/key-stock.ts';
import type { ServiceContext } from '../../context/context.ts';

const LOOK_MS = 1000;
const KEY_BYTES = 32;

/** Parts of the backend that it works with. */
type StockContext = Pick<ServiceContext, 'rootCa' | 'config' | 'kitResources' | 'log'>;

/** Only the root key opens the stock; undefined where it is in a token, which gives no key away. */
const stockKey = ({ rootCa }: StockContext): Uint8Array | undefined => {
  const { privateKey, certificatePem } = rootCa.root();
  if (privateKey.type === 'remote') {
    return undefined;
  }
  const der = privateKey.export({ type: 'pkcs8', format: 'der' });
  return new Uint8Array(hkdfSync('sha256', der, certificatePem, 'key pair stock', KEY_BYTES));
};

/**
 * Keeps the key pairs that are generated ahead across restarts, from the moment on at which the root key is open.
 *
 * @returns ends it
 */
export const keepKeyStock = (context: StockContext): (() => Promise<void>) => {
  const { rootCa, config, kitResources, log } = context;
  let opened = '';
  let opening = Promise.resolve();
  const openOnce = async (): Promise<void> => {
    if (rootCa.state() !== 'open') {
      return;
    }
    const { certificatePem } = rootCa.root();
    const key = certificatePem === opened ? undefined : stockKey(context);
    opened = certificatePem;
    if (key === undefined) {
      return;
    }
    try {
      const { store, found } = await openKeyStock(config.webRoot, key);
      kitResources.keys.keepIn(store, found);
    } catch (error) {
      log.warn({ err: error }, 'key pairs are not kept for the next start');
    }
  };
  const look = (): void => {
    opening = opening.then(openOnce);
  };
  look();
  const timer = setInterval(look, LOOK_MS).unref();
  return () => {
    clearInterval(timer);
    return opening;
  };
};
