import type { CallLimits } from '../published/call-limits.dto';

/** Embed tokens are signed by the key of access tokens, for another audience: neither is ever taken for the other. */
export const EMBED_TOKEN_AUDIENCE = 'snowflow-embed';
export const EMBED_TOKEN_MOST_SECONDS = 3_600;
export const EMBED_VIEWS = ['canvas', 'run'] as const;
export type EmbedView = (typeof EMBED_VIEWS)[number];

/** The key that asked for a token, by which its calls count. */
export interface EmbeddingKey {
  id: string;
  name: string;
  limits: CallLimits;
}

/** What a token opens: one revision of one workflow, seen or run, and nothing else of the tenant. */
export interface EmbedSubject {
  workflowId: string;
  revision: number;
  view: EmbedView;
  /** The publication by which it is run; null: it is only looked at. */
  publication: { id: string; slug: string } | null;
  key: EmbeddingKey | null;
}

/** What a token says. */
export interface EmbedTokenClaims {
  jti: string;
  tid: string;
  /** The public id of the tenant's embed settings: a page served for another is not this token's. */
  emb: string;
  /** The origins whose pages may show it: one, or all that the tenant allows. */
  org: string[];
  of: EmbedSubject;
}
