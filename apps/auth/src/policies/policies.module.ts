import { Module } from '@nestjs/common';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import { TenantPoliciesStore } from '@snowflow/platform/policies/tenant-policies-store';
import type { Redis } from 'ioredis';
import { PoliciesController } from './policies.controller';
import { PoliciesRepository } from './policies.repository';
import { PoliciesService } from './policies.service';

/** What tenants let their workflows use. */
@Module({
  controllers: [PoliciesController],
  providers: [
    PoliciesService,
    PoliciesRepository,
    { provide: TenantPoliciesStore, inject: [REDIS], useFactory: (redis: Redis) => new TenantPoliciesStore(redis) },
  ],
})
export class PoliciesModule {}
