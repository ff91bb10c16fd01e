import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import type { RequestContext } from '@snowflow/contracts/sessions/request-context';
import type { FastifyRequest } from 'fastify';

/** Who sent a request, as the access token and the session in Redis prove it. */
export interface Person {
  tenantId: string;
  sessionId: string;
  userId: string;
}

/** A request after the guards: `user` is set on all but the public routes. */
export type GatewayRequest = FastifyRequest & { user?: Person };

/** The context that every message to a service carries for this request. */
export function contextOf(request: GatewayRequest): RequestContext {
  return { correlationId: request.id, ...request.user };
}

/** Hands a handler its request context; only streams need it, all else runs inside the scope. */
export const Context = createParamDecorator((_: unknown, execution: ExecutionContext) =>
  contextOf(execution.switchToHttp().getRequest<GatewayRequest>()),
);
