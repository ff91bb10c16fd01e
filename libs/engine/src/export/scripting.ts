import { literal } from '@snowflow/nodes/kit/sql/literal';
import type { Ways } from './step-variants';

/** A block of Snowflake Scripting: variables, then statements. */
export function block(declarations: readonly string[], lines: readonly string[]): string {
  const declare = declarations.length === 0 ? [] : ['DECLARE', ...indented(declarations.map((one) => `${one};`))];
  return [...declare, 'BEGIN', ...indented(lines), 'END;'].join('\n');
}

/**
 * A block as the text that EXECUTE IMMEDIATE, a procedure or a task takes. Nothing can be escaped between dollar signs, so a
 * body that holds two of them (in a value, a name or a person's SQL) is written as a quoted literal instead.
 */
export function bodyText(body: string): string {
  return body.includes('$$') ? literal(body) : `$$\n${body}\n$$`;
}

/** `IF (…) THEN … ELSEIF (…) THEN … END IF;` */
export function choice(branches: readonly { condition: string; lines: readonly string[] }[]): string[] {
  const spelled = branches.flatMap(({ condition, lines }, index) => [
    `${index === 0 ? 'IF' : 'ELSEIF'} (${condition}) THEN`,
    ...indented(lines),
  ]);
  return [...spelled, 'END IF;'];
}

/** What is true exactly under these ways; `variables` holds each condition's way. */
export function underWays(when: readonly Ways[], variables: ReadonlyMap<string, string>): string {
  const all = when.map((way) =>
    Object.entries(way).map(([condition, port]) => `${variables.get(condition) ?? ''} = ${literal(port)}`),
  );
  const spelled = all.map((parts) => parts.join(' AND '));
  return spelled.length === 1 ? (spelled[0] ?? '') : spelled.map((one) => `(${one})`).join(' OR ');
}

/** Names for variables that no argument has: Snowflake tells them apart by their letters only. */
export function freshNames(taken: readonly string[]): (wanted: string) => string {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  return (wanted) => {
    let name = wanted;
    while (used.has(name)) name = `${name}_`;
    used.add(name);
    return name;
  };
}

/** Lines only begin further right; the lines inside a statement stay, for they may be inside a value. */
const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`);
