import { chatModels } from '../../cortex/models';
import type { ShowOptions } from '../../parser/statement-tree';
import type { CompiledStatement } from '../../sql/compiled-statement';
import { textColumn, timeColumn } from '../../sql/rows-relation';
import { listCommand, selected } from './show-format';

const since = new Date(Date.UTC(2024, 0, 1));
const comment = 'Simulated by the local warehouse';

/** SHOW MODELS: the base models of Cortex, and there are no others. */
export function showModels(options: ShowOptions): CompiledStatement {
  const text = (name: string, value: string) => textColumn<string>(name, () => value);
  const names = chatModels.map((name) => name.toUpperCase()).filter(() => includesModels(options.scope));
  return listCommand(
    selected(names, (name) => name, options),
    [
      timeColumn<string>('created_on', () => since),
      textColumn<string>('name', (name) => name),
      text('model_type', 'CORTEX_BASE'),
      text('database_name', 'SNOWFLAKE'),
      text('schema_name', 'MODELS'),
      text('comment', comment),
      text('owner', 'SNOWFLAKE'),
      text('default_version_name', 'V1'),
      text('versions', '["V1"]'),
      text('aliases', '{}'),
    ],
  );
}

function includesModels(scope: ShowOptions['scope']): boolean {
  const [database, schema] = scope?.name.map(({ text }) => text) ?? [];
  return (database ?? 'SNOWFLAKE') === 'SNOWFLAKE' && (schema ?? 'MODELS') === 'MODELS';
}
