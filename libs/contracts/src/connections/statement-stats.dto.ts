import { Text, Whole } from '../dto/fields';

/** What an ended statement took, as far as Snowflake says; what it does not say is absent. */
export class StatementStats {
  @Whole({ optional: true }) bytesScanned?: number;
  @Whole({ optional: true }) rowsProduced?: number;
  @Whole({ optional: true }) partitionsScanned?: number;
  @Whole({ optional: true }) partitionsTotal?: number;
  @Whole({ optional: true }) compileMs?: number;
  @Whole({ optional: true, description: 'Waiting for the warehouse to be free, or to start' }) queueMs?: number;
  @Whole({ optional: true, description: 'In the warehouse' }) executeMs?: number;
  @Whole({ optional: true, description: 'Written to local and remote disks for want of memory' })
  bytesSpilled?: number;
  @Text({ optional: true, description: 'As Snowflake calls it: X-Small, Large, 2X-Large' }) warehouseSize?: string;
}
