import Ajv, { type ValidateFunction } from 'ajv';
import type { ApiDocument, Operation } from './api-operations';

const JSON_TYPE = /^application\/([\w.-]+\+)?json$/;

/** Holds answers against the schemas that the OpenAPI document has for them. */
export class ResponseSchemas {
  private readonly ajv = new Ajv({ strict: false, validateFormats: false, allErrors: false });
  private readonly compiled = new Map<string, ValidateFunction | undefined>();

  constructor(private readonly document: ApiDocument) {
    this.ajv.addSchema({ $id: 'api', ...document });
  }

  /** What is wrong with an answer of success; undefined where nothing is, or nothing is said of it. */
  complaint({ method, path }: Operation, status: number, type: string, text: string): string | undefined {
    const check = this.checkOf(method, path, status, type.split(';')[0] ?? '');
    if (!check || check(JSON.parse(text))) return undefined;
    const [error] = check.errors ?? [];
    return `${error?.instancePath} ${error?.message}`;
  }

  private checkOf(method: string, path: string, status: number, type: string): ValidateFunction | undefined {
    const key = `${method} ${path} ${status} ${type}`;
    if (!this.compiled.has(key)) {
      const has = this.document.paths[path]?.[method]?.responses[status]?.content?.[type]?.schema;
      const at = ['paths', path, method, 'responses', String(status), 'content', type, 'schema'].map(pointer).join('/');
      this.compiled.set(key, has && JSON_TYPE.test(type) ? this.ajv.compile({ $ref: `api#/${at}` }) : undefined);
    }
    return this.compiled.get(key);
  }
}

const pointer = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
