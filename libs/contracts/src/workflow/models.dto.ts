import { Flag, Nested, OneOf, Text } from '../dto/fields';
import { DeniedView } from '../policies/denied.dto';

export class ModelView {
  @Text({ max: 300, description: 'As a node names it' }) name: string;
  @OneOf(['cortex', 'endpoint'], { description: 'Cortex of the account, or the endpoint that the operator named' })
  provider: 'cortex' | 'endpoint';
  @Flag({ description: 'No model answers: the local warehouse does, and its texts say so' }) simulated: boolean;
  @Nested(() => DeniedView, { optional: true, description: 'The tenant does not let it be asked' })
  denied?: DeniedView;
}

/** The models that the session's role may see. */
export class ModelsView {
  @Nested(() => ModelView, { many: true, max: 10_000 }) items: ModelView[];
  @OneOf(['listed', 'unknown'], {
    description: "Whether Snowflake listed Cortex's models; where it did not, a name that is typed may do nevertheless",
  })
  cortex: 'listed' | 'unknown';
  @Text({ max: 1_000, nullable: true, description: 'Why they are unknown' }) note: string | null;
}
