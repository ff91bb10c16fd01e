import { parseSemanticYaml } from '@snowflow/contracts/semantic/semantic-yaml';
import type { Expression } from '../../parser/expression-tree';
import type { StatementTree } from '../../parser/statement-tree';
import { semanticError } from '../../semantic/semantic-error';
import { upperNames } from '../../semantic/upper-names';
import type { CompiledStatement } from '../../sql/compiled-statement';
import type { Statement } from '../../statements/statement';
import { unsupported } from '../../statements/warehouse-error';
import { statusCommand } from '../status-result';
import { statementTypes } from '../../results/result';
import { checkedModel } from './checked-model';
import { createSemanticView } from './semantic-view';

/** CALL SYSTEM$CREATE_SEMANTIC_VIEW_FROM_YAML('db.schema', '…' [, verify only]): makes the view, or takes the place of one. */
export function compileCreateFromYaml(
  tree: Extract<StatementTree, { t: 'createSemanticViewFromYaml' }>,
  statement: Statement,
): CompiledStatement {
  const [place, yaml, verify] = tree.args;
  const schema = textOf(place, statement);
  const [database = '', name = ''] = (schema.match(/"(?:[^"]|"")+"|[^.]+/g) ?? []).map(named);
  const { model, problems } = parseSemanticYaml(textOf(yaml, statement));
  if (!model) {
    const [first] = problems.filter(({ severity }) => severity === 'error');
    throw semanticError(`line ${first?.line ?? 1}: ${first?.message ?? 'the YAML is no model'}`);
  }
  const upper = upperNames(model);
  if (verify?.t === 'boolean' && verify.value) {
    checkedModel(upper, statement);
    return statusCommand(
      statementTypes.ddl,
      () => 'YAML file is valid for creating a semantic view. No object has been created yet.',
    );
  }
  return createSemanticView(upper, [database, name, upper.name], 'replace', statement);
}

const named = (part: string) => (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.toUpperCase());

function textOf(argument: Expression | undefined, { request }: Statement): string {
  if (argument?.t === 'string') return argument.value;
  const bound = argument?.t === 'bind' ? request.binds[argument.index - 1]?.value : undefined;
  if (typeof bound !== 'string')
    throw unsupported('a computed argument of SYSTEM$CREATE_SEMANTIC_VIEW_FROM_YAML', argument?.at);
  return bound;
}
