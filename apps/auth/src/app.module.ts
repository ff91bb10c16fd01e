import { DynamicModule, Module } from '@nestjs/common';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { CoreModule } from './core.module';
import type { AuthEnv } from './env';
import { SessionsModule } from './sessions/sessions.module';

/** One module for each feature; what they all stand on is in the core. */
@Module({})
export class AppModule {
  static forRoot(env: AuthEnv, sealer: Sealer): DynamicModule {
    return {
      module: AppModule,
      imports: [CoreModule.forRoot(env, sealer), SessionsModule],
    };
  }
}
