import { Text, Whole } from '@snowflow/contracts/dto/fields';

export class ResultQuery {
  @Text({ optional: true, max: 2000 }) cursor?: string;
  @Whole({ optional: true, min: 1, max: 10_000, default: 100 }) limit?: number;
}
