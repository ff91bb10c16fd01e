import { workflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { TemplateCategory } from '@snowflow/contracts/documents/template-terms';
import type { TemplateAsk } from '@snowflow/contracts/workflow/templates.dto';
import { statementForSample } from './sample-objects';
import customerSegments from './starters/customer-segments-to-a-table.json';
import dataQualityCheck from './starters/data-quality-check.json';
import lateShipments from './starters/late-shipments-with-approval.json';
import mapOverRegions from './starters/map-over-regions.json';
import publishAsApi from './starters/publish-as-api.json';
import questionToSql from './starters/question-to-sql.json';
import researchSupervisor from './starters/research-supervisor.json';
import revenueByNation from './starters/revenue-by-nation.json';
import revenueOfARegion from './starters/revenue-of-a-region.json';
import reviewSentiment from './starters/review-sentiment.json';
import searchBackedAnswers from './starters/search-backed-answers.json';
import supplierScorecard from './starters/supplier-scorecard.json';
import supportRouter from './starters/support-router.json';
import type { TemplateContents } from './template-contents';

/** A template that comes with SnowFlow. Its name and description are those of its workflow. */
export interface Starter extends TemplateContents {
  id: string;
  category: TemplateCategory;
  tags: readonly string[];
}

/** The id that the file of “Map over regions” has in the place of the workflow that it calls. */
const CALLED = 'wf_0000000000000000000000';

const parameter = (name: string, label: string): TemplateAsk => ({ path: `parameters.${name}`, label });

/** A field of a node's config, which further places share. */
const field = (nodeId: string, name: string, label: string, ...also: string[]): TemplateAsk => ({
  path: `nodes.${nodeId}.config.${name}`,
  label,
  ...(also.length > 0 ? { also } : {}),
});

const namesOf = (nodeId: string, last: string, label: string): TemplateAsk[] => [
  field(nodeId, 'database', 'Database'),
  field(nodeId, 'schema', 'Schema'),
  field(nodeId, last, label),
];

/** Those that come with SnowFlow, in the order of the gallery. Parsed here, so a wrong file stops the service at its start. */
export const starters: readonly Starter[] = [
  starter('RevenueByNation', 'insight', ['Join', 'Chart'], revenueByNation),
  starter('LateShipments', 'pipelines', ['Approval', 'Write'], lateShipments, [
    field('approval', 'approvers', 'Who may approve'),
    ...namesOf('written', 'table', 'Table whose rows are replaced'),
  ]),
  starter('CustomerSegments', 'insight', ['Segments', 'Write'], customerSegments, [
    parameter('large', 'Who spent so much is large'),
    ...namesOf('written', 'table', 'Table whose rows are replaced'),
  ]),
  starter('SupplierScorecard', 'insight', ['Window', 'Ranking'], supplierScorecard),
  starter('QuestionToSql', 'agents', ['Analyst', 'Semantic view'], questionToSql, [
    parameter('question', 'Question'),
    ...namesOf('ask', 'view', 'Semantic view'),
  ]),
  starter('ReviewSentiment', 'insight', ['Sentiment', 'Cortex'], reviewSentiment, [
    parameter('reviews', 'Comments to read at most'),
  ]),
  starter('SupportRouter', 'agents', ['Router', 'Agent'], supportRouter, [
    parameter('message', 'Message'),
    ...namesOf('about', 'service', 'Search service'),
    field('money', 'model', 'Model', 'nodes.delivery.config.model', 'nodes.other.config.model'),
  ]),
  starter('ResearchSupervisor', 'agents', ['Supervisor', 'Agent'], researchSupervisor, [
    parameter('question', 'Question'),
    field('research', 'model', 'Model', 'nodes.research.config.agents.0.model', 'nodes.research.config.agents.1.model'),
  ]),
  starter('SearchBackedAnswers', 'agents', ['Search', 'Complete'], searchBackedAnswers, [
    parameter('question', 'Question'),
    ...namesOf('found', 'service', 'Search service'),
    field('answer', 'model', 'Model'),
  ]),
  starter('DataQualityCheck', 'operations', ['Condition', 'Notification'], dataQualityCheck, [
    field('tell', 'url', 'Webhook that is told'),
  ]),
  starter('PublishAsApi', 'operations', ['API', 'Parameter'], publishAsApi, [parameter('customer', 'Customer')]),
  starter(
    'MapOverRegions',
    'pipelines',
    ['Map', 'Sub-workflow'],
    mapOverRegions,
    [],
    [{ id: CALLED, file: revenueOfARegion }],
  ),
];

function starter(
  id: string,
  category: TemplateCategory,
  tags: readonly string[],
  file: unknown,
  ask: readonly TemplateAsk[] = [],
  called: readonly { id: string; file: unknown }[] = [],
): Starter {
  return {
    id: `tpl_Starter${id}`,
    category,
    tags,
    definition: workflowDocument.parse(file),
    calls: called.map((one) => ({ id: one.id, definition: workflowDocument.parse(one.file) })),
    ask,
    takenOut: [],
    statementFor: statementForSample,
  };
}
