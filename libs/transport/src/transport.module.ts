import { DynamicModule, Global, Module, OnApplicationShutdown } from '@nestjs/common';
import type { AnyOperation } from '@snowflow/contracts/rpc/service-contract';
import { createClient } from './create-client';
import { clientToken } from './inject-client.decorator';
import { RpcCaller, RpcCallerOptions } from './rpc-caller';

export interface TransportModuleOptions extends RpcCallerOptions {
  /** The services that this app asks. */
  clients: { service: string; operations: Readonly<Record<string, AnyOperation>> }[];
}

/** Gives an app the typed clients of the services it asks; inject them by `@InjectClient(contract)`. */
@Global()
@Module({})
export class TransportModule implements OnApplicationShutdown {
  constructor(private readonly caller: RpcCaller) {}

  static forRoot({ clients, ...options }: TransportModuleOptions): DynamicModule {
    const clientProviders = clients.map((contract) => ({
      provide: clientToken(contract),
      useFactory: (caller: RpcCaller) => createClient(contract, caller),
      inject: [RpcCaller],
    }));
    return {
      module: TransportModule,
      providers: [{ provide: RpcCaller, useFactory: () => new RpcCaller(options) }, ...clientProviders],
      exports: [RpcCaller, ...clientProviders.map(({ provide }) => provide)],
    };
  }

  /** After the server has drained: handlers may ask others until then. */
  async onApplicationShutdown(): Promise<void> {
    await this.caller.close();
  }
}
