import { Flag, FreeObject, Moment, Nested, OneOf, Text, Texts, Whole } from '../dto/fields';
import { PageQuery } from '../dto/page.dto';
import { SourceName } from './catalog.dto';

const MAX_YAML = 1_000_000;

export class SemanticModelsQuery extends PageQuery {
  @Text({ optional: true }) database?: string;
  @Text({ optional: true, description: 'Of the database' }) schema?: string;
  @Text({ optional: true }) search?: string;
}

export class SemanticModelView {
  @Text() database: string;
  @Text() schema: string;
  @Text() name: string;
  @Text({ nullable: true }) owner: string | null;
  @Text({ nullable: true }) comment: string | null;
  @Moment({ nullable: true }) createdAt: string | null;
}

export class SemanticModelDetailView {
  @Text() database: string;
  @Text() schema: string;
  @Text() name: string;
  @FreeObject({
    description:
      "Snowflake's semantic model: tables with dimensions, facts and metrics, relationships, verified queries",
  })
  model: Record<string, unknown>;
  @Text({ max: MAX_YAML, description: 'The same as YAML' }) yaml: string;
}

export class ValidateSemanticModel {
  @Text({ max: MAX_YAML }) yaml: string;
}

export class SemanticProblemView {
  @Whole() line: number;
  @Whole() column: number;
  @Text({ min: 0, max: 1_000, description: 'Such as tables[0].metrics[2].expr; empty: the whole text' }) path: string;
  @Text({ max: 10_000 }) message: string;
  @OneOf(['error', 'warning']) severity: 'error' | 'warning';
}

export class SemanticValidationView {
  @Flag({ description: 'Whether there is no error' }) valid: boolean;
  @Nested(() => SemanticProblemView, { many: true }) problems: SemanticProblemView[];
  @FreeObject({ optional: true, description: 'The model, where it is valid' }) model?: Record<string, unknown>;
}

export class SaveSemanticModel {
  @Text() database: string;
  @Text() schema: string;
  @Text({ max: MAX_YAML, description: 'Its name becomes the name of the semantic view' }) yaml: string;
  @Flag({ optional: true, description: 'Take the place of a semantic view of that name' }) replace?: boolean;
}

export class AskSemanticModel extends SourceName {
  @Text({ max: 10_000 }) question: string;
}

export class AnalystAnswerView {
  @Text({ min: 0, max: 100_000 }) text: string;
  @Text({ optional: true, max: 1_000_000, description: 'What it would run; nothing was run' }) sql?: string;
  @Texts({ description: 'Questions that it could answer instead' }) suggestions: string[];
}
