/** An OpenAI-compatible endpoint that the operator named. */
export interface ModelEndpoint {
  /** Its base, as `https://host/v1`. */
  url: string;
  /** Empty: it needs none. */
  key: string;
  models: readonly string[];
}

/** Injection token of a ModelEndpoint; its value is undefined where there is none. */
export const MODEL_ENDPOINT = Symbol('MODEL_ENDPOINT');

/** In front of the names of its models, so that none is taken for one of Cortex. */
export const ENDPOINT_PREFIX = 'endpoint:';
