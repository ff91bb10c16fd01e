import { aiAgentStep } from './ai-agent/ai-agent.step';
import { aiSupervisorStep } from './ai-supervisor/ai-supervisor.step';
import { aiHttpStep } from './ai-http/ai-http.step';
import { aiMcpStep } from './ai-mcp/ai-mcp.step';
import { aiSearchStep } from './ai-search/ai-search.step';
import { aiAnalystStep } from './ai-analyst/ai-analyst.step';
import type { ActionNode } from './kit/action-node';
import { byType } from './kit/registry';
import type { SqlNode, StepNode } from './kit/sql-node';
import { aiCompleteStep } from './ai-complete/ai-complete.step';
import { aiGenerateSql } from './ai-generate/ai-generate.sql';
import { aiClassifySql } from './ai-classify/ai-classify.sql';
import { aiEmbedSql } from './ai-embed/ai-embed.sql';
import { aiExtractSql } from './ai-extract/ai-extract.sql';
import { aiSentimentSql } from './ai-sentiment/ai-sentiment.sql';
import { aiSummarizeSql } from './ai-summarize/ai-summarize.sql';
import { aiTranslateSql } from './ai-translate/ai-translate.sql';
import { logicApprovalStep } from './logic-approval/logic-approval.step';
import { logicConditionStep } from './logic-condition/logic-condition.step';
import { logicMapStep } from './logic-map/logic-map.step';
import { logicRouterStep } from './logic-router/logic-router.step';
import { logicWaitStep } from './logic-wait/logic-wait.step';
import { logicWorkflowStep } from './logic-workflow/logic-workflow.step';
import { outputNotificationStep } from './output-notification/output-notification.step';
import { outputResponseAction, outputResponseStep } from './output-response/output-response.step';
import { outputResultStep } from './output-result/output-result.step';
import { outputTableStep } from './output-table/output-table.step';
import { shapeAggregateSql } from './shape-aggregate/shape-aggregate.sql';
import { shapeDistinctSql } from './shape-distinct/shape-distinct.sql';
import { shapeFilterSql } from './shape-filter/shape-filter.sql';
import { shapeJoinSql } from './shape-join/shape-join.sql';
import { shapeLimitSql } from './shape-limit/shape-limit.sql';
import { shapePivotSql } from './shape-pivot/shape-pivot.sql';
import { shapeSelectSql } from './shape-select/shape-select.sql';
import { shapeSortSql } from './shape-sort/shape-sort.sql';
import { shapeSqlSql } from './shape-sql/shape-sql.sql';
import { shapeUnionSql } from './shape-union/shape-union.sql';
import { shapeUnpivotSql } from './shape-unpivot/shape-unpivot.sql';
import { shapeWindowSql } from './shape-window/shape-window.sql';
import { sourceSemanticSql } from './source-semantic/source-semantic.sql';
import { sourceSqlSql } from './source-sql/source-sql.sql';
import { sourceTableSql } from './source-table/source-table.sql';
import { sourceValuesSql } from './source-values/source-values.sql';

/** Nodes that become a part of a statement. */
export const sqlNodes: ReadonlyMap<string, SqlNode> = byType<SqlNode>([
  sourceTableSql,
  sourceSqlSql,
  sourceSemanticSql,
  sourceValuesSql,
  shapeFilterSql,
  shapeSelectSql,
  shapeJoinSql,
  shapeAggregateSql,
  shapeSortSql,
  shapeLimitSql,
  shapeUnionSql,
  shapeDistinctSql,
  shapeWindowSql,
  shapePivotSql,
  shapeUnpivotSql,
  shapeSqlSql,
  aiGenerateSql,
  aiSentimentSql,
  aiSummarizeSql,
  aiTranslateSql,
  aiClassifySql,
  aiExtractSql,
  aiEmbedSql,
]);

/** Nodes that end a statement. */
export const stepNodes: ReadonlyMap<string, StepNode> = byType<StepNode>([
  logicConditionStep,
  outputResultStep,
  outputResponseStep,
  outputTableStep,
]);

/** Nodes that do something which no statement does. One that ends a statement too is an action only where no relation reaches it. */
export const actionNodes: ReadonlyMap<string, ActionNode> = byType<ActionNode>([
  logicRouterStep,
  logicMapStep,
  logicWorkflowStep,
  logicApprovalStep,
  logicWaitStep,
  aiAgentStep,
  aiSupervisorStep,
  aiHttpStep,
  aiMcpStep,
  aiCompleteStep,
  aiAnalystStep,
  aiSearchStep,
  outputResponseAction,
  outputNotificationStep,
]);
