import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { noteRequest } from '@snowflow/platform/logging/request-note';
import { runInScope } from '@snowflow/transport/request-scope';
import type { Observable } from 'rxjs';
import { contextOf, GatewayRequest } from './person';

/** Runs every handler inside the request's scope, so that the clients of services know whom they speak for. */
@Injectable()
export class ScopeInterceptor implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = execution.switchToHttp().getRequest<GatewayRequest>();
    const context = contextOf(request);
    noteRequest(request.raw, { tenantId: context.tenantId });
    return runInScope({ context }, () => next.handle());
  }
}
