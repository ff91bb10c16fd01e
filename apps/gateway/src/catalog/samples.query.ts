import { Text } from '@snowflow/contracts/dto/fields';

export class SamplesQuery {
  @Text() column: string;
}
