import { text as quoted } from '../engine/quote';
import type { PathStep } from '../parser/expression-tree';
import { castTo } from '../sql/coercion';
import type { Environment } from '../sql/environment';
import { text, variant, typeName } from '../sql/snowflake-type';
import { isJson, type Typed } from '../sql/typed';
import { syntaxError, typeError, type SourcePosition } from '../statements/warehouse-error';

const keyStep = (key: string) => `."${key.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** `v:a.b[0]`, `v['a']`, `v[i]`: NULL where the value has no such part. */
export function extractPath(value: Typed, steps: readonly PathStep[], env: Environment, at: SourcePosition): Typed {
  if (!isJson(value)) throw typeError(`Invalid argument types for function 'GET': (${typeName(value.type)})`, at);
  let { sql } = value;
  let path = '';
  const flush = () => {
    if (path) sql = `json_extract(${sql}, ${quoted(`$${path}`)})`;
    path = '';
  };
  for (const step of steps) {
    if ('key' in step) path += keyStep(step.key);
    else {
      const index = env.expression(step.index);
      if (typeof index.literal === 'string') path += keyStep(index.literal);
      else if (typeof index.literal === 'number' && index.literal >= 0) path += `[${index.literal}]`;
      else {
        flush();
        sql = extractComputed(sql, index);
      }
    }
  }
  flush();
  return { sql, type: variant, nullable: true, at };
}

export function extractComputed(sql: string, index: Typed): string {
  if (index.type.kind === 'text') return `json_extract(${sql}, '$."' || ${castTo(index, text).sql} || '"')`;
  return `json_extract(${sql}, '$[' || CAST(CAST(${index.sql} AS BIGINT) AS VARCHAR) || ']')`;
}

/** A path as GET_PATH takes it: `a.b[0]`. */
export function parsePath(path: string, at: SourcePosition): string {
  const steps = path.match(/\.?[A-Za-z_][\w$]*|\.?\["[^"]*"\]|\['[^']*'\]|\[\d+\]|\.?"[^"]*"/g) ?? [];
  if (steps.join('') !== path) throw syntaxError(`unexpected path '${path}'`, at);
  return `$${steps
    .map((step) =>
      /^\[\d+\]$/.test(step) ? step : keyStep(step.replace(/^\.?(?:\["|\['|")?/, '').replace(/(?:"\]|'\]|")$/, '')),
    )
    .join('')}`;
}
