import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { runInScope } from '@snowflow/transport/request-scope';
import type { Observable } from 'rxjs';
import { contextOf, GatewayRequest } from './person';

/** Runs every handler inside the request's scope, so that the clients of services know whom they speak for. */
@Injectable()
export class ScopeInterceptor implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const context = contextOf(execution.switchToHttp().getRequest<GatewayRequest>());
    return runInScope({ context }, () => next.handle());
  }
}
