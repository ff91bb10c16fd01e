import { AuditFilters } from '@snowflow/contracts/audit/audit.dto';
import { Text, Whole } from '@snowflow/contracts/dto/fields';
import { MAX_PAGE_SIZE } from '@snowflow/contracts/dto/page.dto';

export class AuditQuery extends AuditFilters {
  @Whole({ optional: true, min: 1, max: MAX_PAGE_SIZE, default: 50 }) limit?: number;
  @Text({ optional: true, max: 2000 }) cursor?: string;
}
