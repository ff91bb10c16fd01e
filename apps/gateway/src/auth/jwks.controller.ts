import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { PublicKeys } from '../security/public-keys';
import { Public } from '../security/public.decorator';

/** The keys that sign access tokens, for programs that check them without asking. */
@ApiExcludeController()
@Controller('.well-known/jwks.json')
export class JwksController {
  constructor(private readonly keys: PublicKeys) {}

  @Public()
  @SkipThrottle()
  @Get()
  @Header('cache-control', 'public, max-age=300')
  read(): { keys: Record<string, unknown>[] } {
    return this.keys.document;
  }
}
