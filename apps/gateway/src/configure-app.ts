import cookie from '@fastify/cookie';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { RequestMethod } from '@nestjs/common';
import { CORRELATION_HEADER } from '@snowflow/contracts/http/correlation-header';
import { Admission } from './admission/admission';
import { shedLoad } from './admission/shed-load';
import type { GatewayEnv } from './env';
import { stripContainerHeaders } from './auth/container-identity';
import { FrameParents } from './embed/frame-parents';
import { acceptFiles } from './transfer/file-bodies';
import { serveFrontend } from './frontend/serve-frontend';
import { DtoPipe } from './input/dto.pipe';
import { refuseOtherMediaTypes } from './input/json-only';
import { API_PREFIX, serveApiDocument } from './openapi/api-document';
import { addSecurityHeaders } from './security/security-headers';
import { observeRequests } from './telemetry/observe-requests';

/** All that the gateway adds to a bare Nest application; what runs on every request is named here, in its order. */
export async function configureApp(
  app: NestFastifyApplication,
  env: Pick<
    GatewayEnv,
    'FRONTEND_DIR' | 'NATIVE_APP' | 'IMPORT_LIMIT_BYTES' | 'CONNECTIONS_AT_ONCE' | 'EVENT_LOOP_DELAY_LIMIT_MS'
  >,
): Promise<void> {
  const instance = app.getHttpAdapter().getInstance();
  setPrefix(app);
  app.useGlobalPipes(new DtoPipe());
  observeRequests(instance);
  await instance.register(cookie);
  await addSecurityHeaders(instance);
  instance.addHook('onRequest', async (request, reply) => {
    reply.header(CORRELATION_HEADER, request.id);
    refuseOtherMediaTypes(request);
    if (!env.NATIVE_APP) stripContainerHeaders(request);
  });
  instance.server.maxConnections = env.CONNECTIONS_AT_ONCE;
  shedLoad(instance, app.get(Admission), env.EVENT_LOOP_DELAY_LIMIT_MS);
  acceptFiles(instance, env.IMPORT_LIMIT_BYTES);
  serveApiDocument(app);
  const parents = app.get(FrameParents);
  await serveFrontend(instance, env.FRONTEND_DIR, (embedId) => parents.of(embedId));
}

/** The API's addresses; health stands beside them, where load balancers look. */
export function setPrefix(app: NestFastifyApplication): void {
  app.setGlobalPrefix(API_PREFIX, {
    exclude: [
      { path: 'health/live', method: RequestMethod.GET },
      { path: 'health/ready', method: RequestMethod.GET },
      { path: '.well-known/jwks.json', method: RequestMethod.GET },
    ],
  });
}
