import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller';
import { AuditService } from './audit.service';

/** The log of changes, for those who look after a tenant. What writes it is in the core. */
@Module({ controllers: [AuditController], providers: [AuditService] })
export class AuditModule {}
