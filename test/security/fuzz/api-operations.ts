/** A schema of the OpenAPI document, as far as it is read here. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  example?: unknown;
  nullable?: boolean;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  items?: Schema;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
}

interface Parameter {
  name: string;
  in: string;
  schema: Schema;
}

/** One route and method. */
export interface Operation {
  /** As `get /workflows/{id}`, which is how tests name it. */
  name: string;
  method: string;
  path: string;
  parameters: Parameter[];
  body: Schema | undefined;
  /** The names of the ways to be known here; none where anybody may ask. */
  knownBy: string[];
  /** Statuses that the document has. */
  statuses: string[];
}

/** An OpenAPI document. */
export interface ApiDocument {
  paths: Record<string, Record<string, DescribedOperation>>;
  components: { schemas: Record<string, Schema> };
}

interface DescribedOperation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>;
  security?: Record<string, unknown>[];
}

/** What is served beside the document. */
const BESIDE = [
  '/api/v1/openapi.json',
  '/api/v1/docs',
  '/api/v1/auth/oauth/callback',
  '/.well-known/jwks.json',
  '/health/live',
  '/health/ready',
  '/',
];

/** Every operation of the document, and the routes beside it. */
export function operationsIn(document: ApiDocument): Operation[] {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody, responses, security = [] }]) => ({
      name: `${method} ${path.replace('/api/v1', '')}`,
      method,
      path,
      parameters,
      body: requestBody?.content['application/json']?.schema,
      knownBy: security.flatMap(Object.keys),
      statuses: Object.keys(responses),
    })),
  );
  const beside = BESIDE.map((path) => ({
    name: `get ${path.replace('/api/v1', '')}`,
    method: 'get',
    path,
    parameters: [],
    body: undefined,
    knownBy: [],
    statuses: [],
  }));
  return [...described, ...beside];
}

/** A schema without references at its top. */
export function resolved(schema: Schema, document: ApiDocument): Schema {
  if (!schema.$ref) return schema;
  return document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {};
}
