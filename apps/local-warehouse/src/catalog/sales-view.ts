import { parseSemanticYaml } from '@snowflow/contracts/semantic/semantic-yaml';
import { salesModelYaml } from '../sample-data/sales-model';
import type { SemanticViewEntry } from './catalog-entries';

/** DEMO.PUBLIC.SALES_MODEL, which every account has over the sample; dropped, it is there again after the next start. */
export function salesView(): SemanticViewEntry {
  const { model, problems } = parseSemanticYaml(salesModelYaml);
  if (!model) throw new Error(`The sample model is none: ${problems[0]?.message}`);
  return {
    database: 'DEMO',
    schema: 'PUBLIC',
    name: model.name,
    owner: 'SYSADMIN',
    createdAt: Date.now(),
    comment: model.description,
    model,
  };
}
