import { Moment, Text, Whole } from '../dto/fields';
import { PageQuery } from '../dto/page.dto';

/** A table or view, as documents name it. */
export class SourceUsesQuery extends PageQuery {
  @Text() database: string;
  @Text() schema: string;
  @Text() name: string;
}

/** A workflow whose latest or published revision reads or writes it. */
export class SourceUseView {
  @Text() id: string;
  @Text() name: string;
  @Whole() revision: number;
  @Moment() updatedAt: string;
}
