import { FreeObject, Nested, OneOf, Text, Whole } from '../dto/fields';
import { PinnedContextDto } from './connections.dto';

export const CORTEX_SERVICES = ['chat', 'analyst', 'search'] as const;
/** `chat`: the chat completions of OpenAI's format. Nothing else of an account's REST interface is asked. */
export type CortexServiceName = (typeof CORTEX_SERVICES)[number];

/** The full name of a Cortex Search service, as Snowflake has it: not quoted. */
export class SearchServiceName {
  @Text({ max: 255 }) database: string;
  @Text({ max: 255 }) schema: string;
  @Text({ max: 255 }) name: string;
}

export class CortexRequest {
  @OneOf(CORTEX_SERVICES) service: CortexServiceName;
  @Nested(() => SearchServiceName, { optional: true, description: 'Of `search`: which' })
  search?: SearchServiceName;
  @FreeObject({ description: "The body, as Snowflake's documentation has it; no streaming" }) body: Record<
    string,
    unknown
  >;
  @Nested(() => PinnedContextDto) context: PinnedContextDto;
  @Whole({ min: 1_000, max: 50_000, description: 'So long an answer is waited for' }) timeoutMs: number;
  @Text({ optional: true, description: 'The run that holds the session open' }) runId?: string;
}

/** The answer's JSON, as it came. */
export interface CortexReply {
  body: Record<string, unknown>;
}
