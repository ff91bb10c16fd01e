/**
 * One difference between two documents. With `nodeId` or `edgeId` it is of that element, whole where there is no `field`; else of the
 * document itself. `field` of a node: `type`, `label`, `disabled` or `config.<key>`; of the document: `name`, `description`,
 * `parameters.<name>`, `notes.<id>`, `groups.<id>` or `edgeOrder`.
 */
export interface DocumentChange {
  kind: 'added' | 'removed' | 'changed';
  nodeId?: string;
  edgeId?: string;
  field?: string;
  before?: unknown;
  after?: unknown;
}
