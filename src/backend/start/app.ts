import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { $ZodType } from 'zod/v4/core';
import { responseSerializer } from '../http/response-serializer.ts';
import type { App } from '../http/app-types.ts';
import { usePlainMessages } from '../../contract/plain-messages.ts';
import type { ServiceContext } from '../context/context.ts';
import { createListener, refuseConnection, type TlsPair } from '../http/listener.ts';
import { openApiPlugin } from '../http/openapi/plugin.ts';
import { authenticationPlugin } from '../http/plugins/authentication.ts';
import { compressionPlugin } from '../http/plugins/compression.ts';
import { entityTagsPlugin } from '../http/plugins/entity-tags.ts';
import { longResponsesPlugin } from '../http/plugins/long-responses.ts';
import { errorsPlugin } from '../http/plugins/errors.ts';
import { jsonBodyPlugin } from '../http/plugins/json-body.ts';
import { responseCachePlugin } from '../http/plugins/response-cache.ts';
import { metricsPlugin } from '../http/plugins/metrics.ts';
import { pagesPlugin } from '../http/plugins/pages.ts';
import { requestLogPlugin } from '../http/plugins/request-log.ts';
import { recordAttemptsPlugin } from '../http/plugins/record-attempts.ts';
import { shutdownPlugin } from '../http/plugins/shutdown.ts';
import { tracingPlugin } from '../http/plugins/tracing.ts';
import type { Tracing } from '../tracing/tracing.ts';
import { securityHeadersPlugin } from '../http/plugins/security-headers.ts';
import { isDecodable, MALFORMED_ADDRESS, pathStripper, routedAddress } from '../http/public-address.ts';
import { readForwarded, trustedProxies } from '../http/trusted-proxies.ts';
import { earlyAuthorizationPlugin } from '../routes/early-authorization.ts';
import { API_PREFIX, NVIDIA_PREFIX } from '../http/public-address.ts';
import { estRoutes } from '../routes/est.ts';
import { registerRootRoutes, registerRoutes } from '../routes/routes.ts';

const BODY_LIMIT = 128 * 1024;
/** Node takes 16 KiB of request line and headers: longer parameters never come, all others get to the schema. */
const MAX_ADDRESS_LENGTH = 16 * 1024;

/** Describes what the application stands on beside the services. */
export interface AppOptions {
  readonly log: FastifyBaseLogger;
  /** undefined: plain HTTP. */
  readonly tls: TlsPair | undefined;
  /** Folder of the built web page. */
  readonly pageFolder: string;
  readonly tracing: Tracing | undefined;
}

/** Puts the backend together; it neither listens nor opens anything of its own. */
export const createApp = async (context: ServiceContext, options: AppOptions): Promise<App> => {
  usePlainMessages();
  const secure = options.tls !== undefined;
  const { trustedProxies: proxies = [], publicUrl } = context.config;
  const isTrusted = trustedProxies(proxies);
  const strip = pathStripper(publicUrl);
  const app: App = Fastify<Server>({
    loggerInstance: options.log,
    serverFactory: (handler) =>
      createListener((request, response) => {
        readForwarded(request, isTrusted, publicUrl?.split(':', 1)[0]);
        handler(request, response);
      }, options.tls),
    trustProxy: (address) => isTrusted(address),
    rewriteUrl: ({ url = '/' }) => (isDecodable(url) ? routedAddress(strip(url)) : MALFORMED_ADDRESS),
    clientErrorHandler: (error, socket) => {
      refuseConnection(error, socket, secure);
    },
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: 'idle',
    // What arrives on an open connection while the backend stops is still served.
    return503OnClosing: false,
    routerOptions: {
      maxParamLength: MAX_ADDRESS_LENGTH,
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
    },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler<$ZodType>((route) => {
    const validate = validatorCompiler(route);
    return (value: unknown) => validate(value ?? {});
  });
  app.setSerializerCompiler(responseSerializer);
  // Below which prefix it was asked for still counts, for cookies and for key names.
  app.addHook('onRequest', (request, _reply, next) => {
    request.raw.url = strip(request.originalUrl);
    next();
  });
  if (options.tracing !== undefined) {
    await app.register(tracingPlugin, { tracing: options.tracing });
  }
  await app.register(shutdownPlugin, context);
  await app.register(securityHeadersPlugin);
  await app.register(requestLogPlugin);
  await app.register(errorsPlugin);
  await app.register(jsonBodyPlugin);
  await app.register(openApiPlugin);
  await app.register(responseCachePlugin, { version: context.db.version });
  await app.register(entityTagsPlugin);
  await app.register(compressionPlugin);
  await app.register(longResponsesPlugin);
  if (context.config.metrics) {
    await app.register(metricsPlugin, context);
  }
  await app.register(
    async (scope) => {
      await scope.register(authenticationPlugin, context);
      await scope.register(recordAttemptsPlugin, context);
      await scope.register(earlyAuthorizationPlugin, context);
      registerRoutes(scope, context);
    },
    { prefix: API_PREFIX },
  );
  await app.register(async (scope) => {
    await scope.register(authenticationPlugin, context);
    await scope.register(recordAttemptsPlugin, context);
    estRoutes(scope, context);
  });
  for (const prefix of ['', NVIDIA_PREFIX]) {
    await app.register(
      (scope, _options, done) => {
        registerRootRoutes(scope, context);
        done();
      },
      { prefix },
    );
  }
  await app.register(pagesPlugin, { folder: options.pageFolder });
  return app;
};
