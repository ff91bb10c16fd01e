import type { WorkflowDocument, WorkflowNode } from '@snowflow/contracts/documents/workflow-document';
import type { NeedKind, TemplateNeed } from '@snowflow/contracts/workflow/templates.dto';
import { itemsAt, textAt } from '@snowflow/nodes/kit/half-filled';

type Config = Record<string, unknown>;

/** A need with the parts of its name, which may have dots in them. */
export interface FoundNeed extends TemplateNeed {
  parts: readonly string[];
}

/** Functions over rows, which Cortex answers within a statement. */
const ROW_MODELS = new Set(['ai.classify', 'ai.extract', 'ai.sentiment', 'ai.summarize', 'ai.translate', 'ai.embed']);

/** What the documents name outside themselves, each once; what SQL in them names is known to Snowflake only. */
export function needsOf(documents: readonly WorkflowDocument[]): FoundNeed[] {
  const all = documents.flatMap(({ nodes }) => nodes.filter(({ disabled }) => !disabled).flatMap(nodeNeeds));
  const whole = all.filter(({ name }) => name !== '' && !name.includes('{{'));
  return whole.filter(
    (one, index) => whole.findIndex((other) => other.kind === one.kind && other.name === one.name) === index,
  );
}

function nodeNeeds({ type, config }: WorkflowNode): FoundNeed[] {
  switch (type) {
    case 'source.table':
      return [named('table', namesIn(config, 'table'))];
    case 'output.table':
      return [named('target', namesIn(config, 'schema'))];
    case 'source.semantic':
    case 'ai.analyst':
      return [named('semantic-view', namesIn(config, 'view'))];
    case 'ai.search':
      return [named('search-service', namesIn(config, 'service'))];
    case 'output.notification':
      return textAt(config, 'channel') === 'email' ? [] : hostNeed(textAt(config, 'url'), 'webhook');
    case 'ai.http':
      return hostNeed(textAt(config, 'url'));
    case 'ai.mcp':
      return hostNeed(textAt(config, 'server'));
    case 'ai.agent':
    case 'ai.supervisor':
      return [config, ...itemsAt(config, 'agents')].flatMap(agentNeeds);
    default:
      return [...(ROW_MODELS.has(type) ? [named('cortex', ['Cortex functions'])] : []), ...modelNeed(config)];
  }
}

function agentNeeds(agent: Config): FoundNeed[] {
  return [...modelNeed(agent), ...itemsAt(agent, 'tools').flatMap(toolNeeds)];
}

function toolNeeds(tool: Config): FoundNeed[] {
  switch (textAt(tool, 'kind')) {
    case 'analyst':
      return [named('semantic-view', namesIn(tool, 'source'))];
    case 'search':
      return [named('search-service', namesIn(tool, 'source'))];
    case 'http':
    case 'mcp':
      return hostNeed(textAt(tool, 'url'));
    case 'workflow':
      return [];
    default:
      return itemsAt(tool, 'schemas').map((one) => named('schema', namesIn(one, 'schema')));
  }
}

const modelNeed = (config: Config): FoundNeed[] => [named('model', [textAt(config, 'model')])];

/** As they stand in the config. */
function namesIn(config: Config, last: string): string[] {
  const names = last === 'schema' ? ['database', 'schema'] : ['database', 'schema', last];
  return names.map((name) => textAt(config, name));
}

/** Without a name where a part of it is missing. */
const named = (kind: NeedKind, parts: readonly string[]): FoundNeed => ({
  kind,
  name: parts.includes('') ? '' : parts.join('.'),
  parts,
});

const hostNeed = (url: string, kind: NeedKind = 'host'): FoundNeed[] =>
  URL.canParse(url) ? [named(kind, [new URL(url).hostname])] : [];
