import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { TemplateSummaryView } from '@snowflow/contracts/workflow/templates.dto';
import type { Starter } from './starters';
import { documentsOf } from './template-contents';
import { needsOf } from './template-needs';
import type { TemplateRow } from './templates.repository';

/** A starter as lists show it. */
export function starterSummary({ id, category, tags, ...contents }: Starter): TemplateSummaryView {
  const { name, description } = contents.definition;
  return {
    id,
    name,
    description,
    category,
    tags: [...tags],
    origin: 'starter',
    madeBy: null,
    updatedAt: null,
    needs: needsOf(documentsOf(contents)).map(({ kind, name: needed }) => ({ kind, name: needed })),
    ...pictureOf(contents.definition),
  };
}

/** One of the tenant's own as lists show it. */
export function rowSummary(row: TemplateRow): TemplateSummaryView {
  const { id, name, description, category, tags, contents } = row;
  return {
    id,
    name,
    description,
    category,
    tags,
    origin: 'tenant',
    madeBy: row.maker_name,
    updatedAt: row.updated_at.toISOString(),
    needs: needsOf(documentsOf(contents)).map(({ kind, name: needed }) => ({ kind, name: needed })),
    ...pictureOf(contents.definition),
  };
}

/** What a picture of the graph is drawn from. */
function pictureOf({ nodes, edges }: WorkflowDocument): Pick<TemplateSummaryView, 'nodes' | 'edges'> {
  return {
    nodes: nodes.map(({ id, type, label, position }) => ({ id, type, label, ...position })),
    edges: edges.map(({ source, target }) => ({ source, target })),
  };
}
