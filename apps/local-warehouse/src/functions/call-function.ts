import type { Call } from '../parser/expression-tree';
import type { Environment } from '../sql/environment';
import type { Typed } from '../sql/typed';
import { unsupported, WarehouseError } from '../statements/warehouse-error';
import { aggregateFunctions } from './aggregate-functions';
import { conditionalFunctions } from './conditional-functions';
import { contextFunctions } from './context-functions';
import { conversionFunctions } from './conversion-functions';
import { cortexFunctions } from './cortex-functions';
import { dateFunctions } from './date-functions';
import { FunctionCall } from './function-call';
import type { FunctionDefinition, FunctionTable } from './function-definition';
import { generatorFunctions } from './generator-functions';
import { jsonFunctions } from './json-functions';
import { numericFunctions } from './numeric-functions';
import { regexpFunctions } from './regexp-functions';
import { textFunctions } from './text-functions';
import { compileWindow } from './window-clause';
import { windowFunctions } from './window-functions';

/** Every function this warehouse knows; any other is refused by its name. */
const functions: FunctionTable = {
  ...aggregateFunctions,
  ...conditionalFunctions,
  ...contextFunctions,
  ...conversionFunctions,
  ...cortexFunctions,
  ...dateFunctions,
  ...generatorFunctions,
  ...jsonFunctions,
  ...numericFunctions,
  ...regexpFunctions,
  ...textFunctions,
  ...windowFunctions,
};

export function callFunction(tree: Call, env: Environment): Typed {
  const definition = Object.hasOwn(functions, tree.name) ? functions[tree.name] : undefined;
  if (!definition) throw unsupported(`function ${tree.name}`, tree.at);
  checkUse(tree, definition);
  const call = new FunctionCall(tree, env, tree.over ? ` OVER (${compileWindow(tree, env)})` : '');
  const [least, most] = definition.takes;
  if (call.count < least || call.count > most) throw call.argumentCount();
  return { ...definition.compile(call), at: tree.at };
}

function checkUse(tree: Call, { kind }: FunctionDefinition): void {
  const { name, at } = tree;
  if (kind === 'window' && !tree.over) {
    throw new WarehouseError(
      '002303',
      '42601',
      `SQL compilation error:\nMissing OVER clause for window function [${name}]`,
      at,
    );
  }
  if (kind === 'scalar' && (tree.over || tree.distinct || tree.withinGroup))
    throw unsupported(`${name} as an aggregate`, at);
  if (tree.named.size > 0) throw unsupported(`named arguments of ${name}`, at);
  if (tree.ignoreNulls && !ignoringNulls.has(name)) throw unsupported(`IGNORE NULLS of ${name}`, at);
  if (tree.withinGroup && !ordered.has(name)) throw unsupported(`WITHIN GROUP of ${name}`, at);
}

const ignoringNulls = new Set(['LAG', 'LEAD', 'FIRST_VALUE', 'LAST_VALUE', 'NTH_VALUE']);
const ordered = new Set(['LISTAGG', 'ARRAY_AGG', 'ARRAYAGG', 'STRING_AGG', 'PERCENTILE_CONT', 'PERCENTILE_DISC']);
