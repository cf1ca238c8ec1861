import { ANONYMOUS } from '../../contract/audit-actors.ts';
import type { Attempts } from '../auth/attempts.ts';
import { requireCurrent } from '../auth/current-requester.ts';
import type { ForgotThrottle } from '../auth/forgot-throttle.ts';
import type { Mailer } from '../mail/send-mail.ts';
import type { LoginThrottle } from '../auth/login-throttle.ts';
import type { SignUpThrottle } from '../auth/sign-up-throttle.ts';
import type { Passwords } from '../auth/passwords.ts';
import type { RootCaKeeper } from '../root-ca/root-ca-keeper.ts';
import type { ChainCheck } from '../services/audit/chain-check.ts';
import type { Shutdown } from './shutdown.ts';
import type { Spans } from './spans.ts';
import type { ServerConfig } from './config.ts';
import type { KitResources } from '../kits/kit-resources.ts';
import type { OidcProvider } from '../sso/oidc-provider.ts';
import type { Requester } from '../auth/principal.ts';
import type { AddressRule } from '../webhooks/address-rule.ts';
import { writeAudit, type AuditKey } from '../store/audit.ts';
import type { Database, Trx } from '../store/database.ts';

/** The part of pino's logger that services use. */
export interface ServerLog {
  readonly info: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
  readonly error: (fields: object, message: string) => void;
}

/** Dependencies of every service. */
export interface ServiceContext {
  readonly db: Database;
  readonly now: () => Date;
  readonly log: ServerLog;
  readonly config: ServerConfig;
  readonly rootCa: RootCaKeeper;
  readonly kitResources: KitResources;
  readonly passwords: Passwords;
  readonly throttle: LoginThrottle;
  readonly signUps: SignUpThrottle;
  readonly attempts: Attempts;
  readonly forgotten: ForgotThrottle;
  /** Undefined: no e-mails are sent. */
  readonly mailer: Mailer | undefined;
  readonly webhookRule: AddressRule;
  readonly auditKey: AuditKey;
  readonly chain: ChainCheck;
  readonly shutdown: Shutdown;
  readonly spans: Spans;
  /** Lines in which the start warned. */
  readonly startWarnings: number;
  /** Single sign-on; undefined without. */
  readonly provider: OidcProvider | undefined;
  /** Key of the session tokens. */
  readonly tokenKey: Uint8Array;
}

/** Writes one audit row into the open transaction; never put a secret into `detail`. */
export type AuditWriter = (
  action: string,
  target: string,
  detail?: Readonly<Record<string, unknown>>,
) => Promise<void>;

/**
 * Runs a state change: one transaction, with an audit writer bound to it and to the requester. The requester's session
 * and rights are read again first, since the request may have waited since it was authenticated. An audit row that
 * cannot be written rolls the change back.
 *
 * @param actor of a change that makes somebody known: a log-in, a sign-up
 * @throws ApiError as {@link requireCurrent}
 */
export const change = <T>(
  context: Pick<ServiceContext, 'db' | 'now' | 'auditKey'>,
  requester: Requester,
  work: (trx: Trx, audit: AuditWriter) => Promise<T>,
  actor = ANONYMOUS,
): Promise<T> =>
  context.db.write(async (trx) => {
    await requireCurrent(trx, requester, context.now());
    const { session, scopes } = requester.principal ?? {};
    return work(trx, (action, target, detail = {}) =>
      writeAudit(trx, context.auditKey, {
        actor: requester.principal?.email ?? actor,
        action,
        target,
        detail: scopes === undefined ? detail : { ...detail, access_token: session },
        address: requester.address,
        request_id: requester.requestId,
        at: context.now(),
      }),
    );
  });
