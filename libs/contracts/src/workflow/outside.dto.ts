import { Flag, Moment, Nested, OneOf, Text, Texts, Whole } from '../dto/fields';

export const OUTSIDE_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export const OUTSIDE_CREDENTIAL_KINDS = ['bearer', 'header', 'basic'] as const;
export const OUTSIDE_CALL_KINDS = ['http', 'mcp-tools', 'mcp-tool'] as const;
/** `sent`: no answer yet, or its worker fell silent before one came. */
export const OUTSIDE_CALL_STATES = ['sent', 'succeeded', 'failed', 'refused', 'unknown'] as const;
export type OutsideCallState = (typeof OUTSIDE_CALL_STATES)[number];

/** A host that the tenant's workflows may call. */
export class OutsideHost {
  @Text({ description: 'Exact, or with a leading dot for all below' }) host: string;
  @Texts({ optional: true, max: 50, description: 'Beginnings of paths, by whole segments; absent: every path' })
  paths?: string[];
  @Texts({ optional: true, max: 5, of: OUTSIDE_METHODS, description: 'Absent: every method' })
  methods?: string[];
  @Texts({ optional: true, max: 200, description: 'Fields of values from Snowflake that may leave for it' })
  fields?: string[];
  @Flag({ optional: true, description: 'Every value from Snowflake may leave for it' })
  dataAllowed?: boolean;
}

/** The hosts that the tenant's workflows may call; none by default. */
export class OutsideHosts {
  @Nested(() => OutsideHost, { many: true, max: 200 }) hosts: OutsideHost[];
}

/** A tag of Snowflake. */
export class HeldTag {
  @Text({ max: 800, description: 'In full: DB.SCHEMA.TAG; names as SQL has them, quoted where needed' }) tag: string;
  @Text({ optional: true, max: 256, description: 'Absent: whatever its value is' }) value?: string;
}

/** The tags whose columns never leave the tenant, whatever its hosts may have; none by default. */
export class HeldTags {
  @Nested(() => HeldTag, { many: true, max: 200 }) tags: HeldTag[];
}

/** What is added to calls of its hosts; its secret is never shown again. */
export class OutsideCredentialView {
  @Text() id: string;
  @Text() name: string;
  @OneOf(OUTSIDE_CREDENTIAL_KINDS) kind: (typeof OUTSIDE_CREDENTIAL_KINDS)[number];
  @Texts({ description: 'It is sent to these hosts only' }) hosts: string[];
  @Text() createdBy: string;
  @Moment() createdAt: string;
}

export class OutsideCredentialsView {
  @Nested(() => OutsideCredentialView, { many: true }) items: OutsideCredentialView[];
}

export class NewOutsideCredential {
  @Text({ max: 100 }) name: string;
  @OneOf(OUTSIDE_CREDENTIAL_KINDS) kind: (typeof OUTSIDE_CREDENTIAL_KINDS)[number];
  @Texts({ max: 50, description: 'Exact, or with a leading dot for all below' }) hosts: string[];
  @Text({ optional: true, max: 100, description: 'Of a header: its name', pattern: /^[A-Za-z0-9-]+$/ })
  headerName?: string;
  @Text({ optional: true, description: 'Of basic: the user name', pattern: /^[^:]+$/ }) username?: string;
  @Text({
    min: 8,
    max: 8_000,
    secret: true,
    description: 'The token, the value of the header, or the password',
    pattern: /^[\x21-\x7e][\x20-\x7e]*$/,
  })
  secret: string;
}

export class OutsideCredentialId {
  @Text() id: string;
}

/** A call that a step made, or was refused. No body and no query of it is kept. */
export class OutsideCallView {
  @Text() id: string;
  @Moment() at: string;
  @Text() runId: string;
  @Text() nodeId: string;
  @Text({ description: 'Who ran it' }) by: string;
  @OneOf(OUTSIDE_CALL_KINDS) kind: (typeof OUTSIDE_CALL_KINDS)[number];
  @Text() method: string;
  @Text() host: string;
  @Text({ description: 'Without its query' }) path: string;
  @Text({ nullable: true, description: 'Of an MCP server' }) tool: string | null;
  @Text({ nullable: true }) credentialId: string | null;
  @OneOf(OUTSIDE_CALL_STATES) outcome: OutsideCallState;
  @Text({ nullable: true, description: 'The code of what went wrong' }) error: string | null;
  @Whole({ nullable: true, description: 'Of HTTP' }) status: number | null;
  @Whole() attempts: number;
  @Whole() bytesOut: number;
  @Whole() bytesIn: number;
  @Whole({ nullable: true }) ms: number | null;
}
