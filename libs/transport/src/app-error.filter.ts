import { Catch, RpcExceptionFilter } from '@nestjs/common';
import { Observable, throwError } from 'rxjs';

/** Nest replaces every error of a message handler by `Internal server error`; this one hands it to the transport, which maps it. */
@Catch()
export class AppErrorFilter implements RpcExceptionFilter {
  catch(exception: unknown): Observable<never> {
    return throwError(() => exception);
  }
}
