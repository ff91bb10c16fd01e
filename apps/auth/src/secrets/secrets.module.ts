import { DynamicModule, Global, Module } from '@nestjs/common';
import { TenantDatabase } from '@snowflow/platform/postgres/tenant-database';
import { KeyVault } from '../vaults/key-vault';
import { PostgresSecretStore } from '../vaults/postgres-secret-store';
import { SecretStore } from '../vaults/secret-store';
import { keyVaultOf, outsideSecretStoreOf, VaultEnv } from '../vaults/vault-settings';
import { KeyRotation } from './key-rotation';
import { TenantKeysRepository } from './tenant-keys.repository';
import { TenantSecrets } from './tenant-secrets';

/** What seals the secrets of tenants, and where those are kept that outlive a session. */
@Global()
@Module({})
export class SecretsModule {
  static forRoot(env: VaultEnv): DynamicModule {
    return {
      module: SecretsModule,
      providers: [
        { provide: KeyVault, useFactory: () => keyVaultOf(env) },
        {
          provide: SecretStore,
          inject: [TenantDatabase, TenantSecrets],
          useFactory: (database: TenantDatabase, secrets: TenantSecrets) =>
            outsideSecretStoreOf(env) ?? new PostgresSecretStore(database, secrets),
        },
        TenantKeysRepository,
        TenantSecrets,
        KeyRotation,
      ],
      exports: [TenantSecrets, SecretStore],
    };
  }
}
