import type { Compiled, FunctionCall } from './function-call';

export interface FunctionDefinition {
  /** Fewest and most arguments. */
  takes: readonly [number, number];
  /** Aggregates may stand with OVER, window functions must, scalar functions must not. */
  kind: 'scalar' | 'aggregate' | 'window';
  compile(call: FunctionCall): Compiled;
}

export type FunctionTable = Readonly<Record<string, FunctionDefinition>>;

const define =
  (kind: FunctionDefinition['kind']) =>
  (least: number, most: number, compile: FunctionDefinition['compile']): FunctionDefinition => ({
    takes: [least, most],
    kind,
    compile,
  });

export const scalar = define('scalar');
export const aggregate = define('aggregate');
export const window = define('window');

/** Any number of arguments, as far as anyone writes them. */
export const many = 1000;
