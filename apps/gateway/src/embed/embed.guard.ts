import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { EmbedViewers, type EmbedRequest } from './embed-viewers';

/** Lets through who holds an embed token, before anything else of the request is looked at. */
@Injectable()
export class EmbedGuard implements CanActivate {
  constructor(private readonly viewers: EmbedViewers) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<EmbedRequest>();
    request.embedViewer = await this.viewers.verify(request);
    return true;
  }
}
