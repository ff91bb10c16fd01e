import { aiAgent } from './ai-agent/ai-agent.definition';
import { aiSupervisor } from './ai-supervisor/ai-supervisor.definition';
import { aiHttp } from './ai-http/ai-http.definition';
import { aiMcp } from './ai-mcp/ai-mcp.definition';
import { aiComplete } from './ai-complete/ai-complete.definition';
import { aiGenerate } from './ai-generate/ai-generate.definition';
import { aiClassify } from './ai-classify/ai-classify.definition';
import { aiEmbed } from './ai-embed/ai-embed.definition';
import { aiExtract } from './ai-extract/ai-extract.definition';
import { aiSentiment } from './ai-sentiment/ai-sentiment.definition';
import { aiSummarize } from './ai-summarize/ai-summarize.definition';
import { aiTranslate } from './ai-translate/ai-translate.definition';
import { aiSearch } from './ai-search/ai-search.definition';
import { aiAnalyst } from './ai-analyst/ai-analyst.definition';
import { logicApproval } from './logic-approval/logic-approval.definition';
import { logicCondition } from './logic-condition/logic-condition.definition';
import { logicMap } from './logic-map/logic-map.definition';
import { logicRouter } from './logic-router/logic-router.definition';
import { logicWait } from './logic-wait/logic-wait.definition';
import { logicWorkflow } from './logic-workflow/logic-workflow.definition';
import type { NodeDefinition } from './kit/node-definition';
import { byType } from './kit/registry';
import { outputNotification } from './output-notification/output-notification.definition';
import { outputResponse } from './output-response/output-response.definition';
import { outputResult } from './output-result/output-result.definition';
import { outputTable } from './output-table/output-table.definition';
import { shapeAggregate } from './shape-aggregate/shape-aggregate.definition';
import { shapeDistinct } from './shape-distinct/shape-distinct.definition';
import { shapeFilter } from './shape-filter/shape-filter.definition';
import { shapeJoin } from './shape-join/shape-join.definition';
import { shapeLimit } from './shape-limit/shape-limit.definition';
import { shapePivot } from './shape-pivot/shape-pivot.definition';
import { shapeSelect } from './shape-select/shape-select.definition';
import { shapeSort } from './shape-sort/shape-sort.definition';
import { shapeSql } from './shape-sql/shape-sql.definition';
import { shapeUnion } from './shape-union/shape-union.definition';
import { shapeUnpivot } from './shape-unpivot/shape-unpivot.definition';
import { shapeWindow } from './shape-window/shape-window.definition';
import { sourceSemantic } from './source-semantic/source-semantic.definition';
import { sourceSql } from './source-sql/source-sql.definition';
import { sourceTable } from './source-table/source-table.definition';
import { sourceValues } from './source-values/source-values.definition';

/** Every node type, in the palette's order. A new type is one line here and, where it becomes SQL, one in composers.ts. */
export const definitions: ReadonlyMap<string, NodeDefinition> = byType<NodeDefinition>([
  sourceTable,
  sourceSql,
  sourceSemantic,
  sourceValues,
  shapeFilter,
  shapeSelect,
  shapeJoin,
  shapeAggregate,
  shapeSort,
  shapeLimit,
  shapeUnion,
  shapeDistinct,
  shapeWindow,
  shapePivot,
  shapeUnpivot,
  shapeSql,
  logicCondition,
  logicRouter,
  logicMap,
  logicWorkflow,
  logicApproval,
  logicWait,
  aiAgent,
  aiSupervisor,
  aiHttp,
  aiMcp,
  aiComplete,
  aiGenerate,
  aiSentiment,
  aiSummarize,
  aiTranslate,
  aiClassify,
  aiExtract,
  aiEmbed,
  aiAnalyst,
  aiSearch,
  outputResult,
  outputResponse,
  outputNotification,
  outputTable,
]);
