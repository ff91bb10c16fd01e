import { Nested, OneOf, Text, Texts, Whole } from '../dto/fields';

export class WritesView {
  @Text({ max: 1_000, description: 'In full, as Snowflake has it' }) table: string;
  @Text({ description: 'create, replace, append or merge' }) mode: string;
}

export class SendsView {
  @OneOf(['webhook', 'email', 'call']) by: 'webhook' | 'email' | 'call';
  @Text({ max: 1_000, description: 'The host, or the address of an email' }) to: string;
}

export class CalledRevisionView {
  @Text() workflowId: string;
  @Text() name: string;
  @Whole({ min: 1 }) revision: number;
}

/** What running a revision reads, writes, sends and asks, with all that it calls; shown before it is run. */
export class RunSummary {
  @Text() workflowId: string;
  @Text() name: string;
  @Whole({ min: 1 }) revision: number;
  @Texts({ max: 10_000 }) reads: string[];
  @Nested(() => WritesView, { many: true }) writes: WritesView[];
  @Nested(() => SendsView, { many: true }) sends: SendsView[];
  @Texts() models: string[];
  @Nested(() => CalledRevisionView, { many: true }) calls: CalledRevisionView[];
  @Text({ description: 'Of all of this: it is given back by who agrees' }) summaryHash: string;
}

/** Agreement to run a revision that somebody else wrote, as it was shown. */
export class ConsentBody {
  @Text({ pattern: /^[0-9a-f]{64}$/, description: 'As CONSENT_NEEDED gave it' }) summaryHash: string;
}

export class ConsentRequest extends ConsentBody {
  @Text() id: string;
  @Whole({ min: 1 }) revision: number;
}
