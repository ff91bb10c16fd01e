import type { Call } from '../parser/expression-tree';
import { castTo } from '../sql/coercion';
import type { Environment } from '../sql/environment';
import { boolean, date, fixed, text, timestampNtz, typeName, type SnowflakeType } from '../sql/snowflake-type';
import { isDateOrTimestamp, isNumeric, isText, type Typed } from '../sql/typed';
import { typeError, unsupported, WarehouseError } from '../statements/warehouse-error';

export type Compiled = Omit<Typed, 'at'>;

/** One call of a function while it is compiled; its arguments are read on demand and given in the type a function needs. */
export class FunctionCall {
  private readonly compiled = new Map<number, Typed>();

  constructor(
    readonly tree: Call,
    readonly env: Environment,
    /** ` OVER (…)`, or nothing. */
    readonly over: string,
  ) {}

  get at() {
    return this.tree.at;
  }

  get name(): string {
    return this.tree.name;
  }

  get count(): number {
    return this.tree.args.length;
  }

  has(index: number): boolean {
    return index < this.count;
  }

  arg(index: number): Typed {
    const known = this.compiled.get(index);
    if (known) return known;
    const tree = this.tree.args[index];
    if (!tree) throw this.argumentCount();
    const value = this.env.expression(tree);
    this.compiled.set(index, value);
    return value;
  }

  args(from = 0): Typed[] {
    return this.tree.args.slice(from).map((_, index) => this.arg(from + index));
  }

  as(index: number, type: SnowflakeType): Typed {
    return castTo(this.arg(index), type);
  }

  text(index: number): string {
    const value = this.arg(index);
    return (isText(value) && !value.isNull ? value : castTo(value, text)).sql;
  }

  /** A whole number as DuckDB's functions take it. */
  integer(index: number): string {
    const value = this.arg(index);
    if (typeof value.literal === 'number' && Number.isInteger(value.literal)) return String(value.literal);
    return `CAST(${this.as(index, fixed(38, 0)).sql} AS BIGINT)`;
  }

  boolean(index: number): string {
    return this.as(index, boolean).sql;
  }

  number(index: number): Typed {
    const value = this.arg(index);
    if (value.isNull) return castTo(value, fixed(38, 0));
    return isNumeric(value) ? value : castTo(value, fixed(38, 12));
  }

  /** A date or a timestamp; a text is read as a timestamp. */
  moment(index: number): Typed {
    const value = this.arg(index);
    if (value.isNull) return castTo(value, date);
    if (isDateOrTimestamp(value)) return value;
    if (isText(value) || value.type.kind === 'variant') return castTo(value, timestampNtz);
    throw typeError(`Invalid argument types for function '${this.name}'`, this.at);
  }

  literalText(index: number): string {
    const { literal } = this.arg(index);
    if (typeof literal !== 'string') throw unsupported(`${this.name} with a computed argument ${index + 1}`, this.at);
    return literal;
  }

  literalNumber(index: number): number {
    const { literal } = this.arg(index);
    if (typeof literal !== 'number') throw unsupported(`${this.name} with a computed argument ${index + 1}`, this.at);
    return literal;
  }

  /** A date part: it is written as a word or as a text. */
  part(index: number): string {
    const tree = this.tree.args[index];
    if (tree?.t === 'string') return tree.value.toUpperCase();
    if (tree?.t === 'column' && tree.parts.length === 1) return tree.parts[0]?.text ?? '';
    throw unsupported(`${this.name} with a computed part`, this.at);
  }

  typeName(index: number): string {
    return typeName(this.arg(index).type);
  }

  anyNullable(): boolean {
    return this.args().some(({ nullable }) => nullable);
  }

  argumentCount(): WarehouseError {
    const kind = this.count === 0 ? 'not enough' : 'wrong number of';
    return new WarehouseError(
      '000938',
      '22023',
      `SQL compilation error: error line ${this.at.line} at position ${this.at.pos}\n${kind} arguments for function [${this.tree.source}]`,
      this.at,
    );
  }
}
