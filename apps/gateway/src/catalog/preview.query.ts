import { Whole } from '@snowflow/contracts/dto/fields';

export class PreviewQuery {
  @Whole({ optional: true, min: 1, max: 1000, default: 50 }) limit?: number;
}
