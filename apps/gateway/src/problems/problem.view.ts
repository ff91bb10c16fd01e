import { FreeObject, Nested, Text, Whole } from '@snowflow/contracts/dto/fields';

export class FieldErrorView {
  @Text({ description: 'Dotted, as conditions.0.column' }) path: string;
  @Text() message: string;
}

/** RFC 9457 application/problem+json, with a stable code to branch on. */
export class ProblemBody {
  @Text({ example: 'urn:snowflow:problem:validation' }) type: string;
  @Text() title: string;
  @Whole({ min: 400, max: 599 }) status: number;
  @Text({ example: 'VALIDATION' }) code: string;
  @Text() detail: string;
  @Text() correlationId: string;
  @Nested(() => FieldErrorView, { many: true }) errors: FieldErrorView[];
  @FreeObject({ optional: true, description: "What Snowflake said: its code, SQLSTATE and the statement's position" })
  snowflake?: Record<string, unknown>;
}
