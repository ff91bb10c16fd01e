import type { AppRole } from '@snowflow/contracts/sessions/session-record';
import { SHARED_ACCESS, type SharedAccess, type WorkflowAccessLevel } from '@snowflow/contracts/workflow/sharing.dto';
import { sql, type RawBuilder } from 'kysely';

/** Whose workflows: every query is within one tenant's transaction and names the person besides. */
export interface Owner {
  tenantId: string;
  userId: string;
}

/** Who looks. Without a role nothing is seen that is shared with a role only. */
export interface Viewer extends Owner {
  appRole?: AppRole;
}

/** What a query asks for at least: what is shared so far, or only what one owns. */
export type LeastAccess = SharedAccess | 'own';

/** What shares name this person by. */
const subjectsOf = ({ userId, appRole }: Viewer) => ['everyone', userId, ...(appRole ? [`role:${appRole}`] : [])];

/** The shares of a workflow that give as much as is asked for. */
const enough = (least: LeastAccess) => (least === 'own' ? [] : SHARED_ACCESS.slice(SHARED_ACCESS.indexOf(least)));

/**
 * Whether the person may do as much with workflow `w`: the one rule of who sees what, for every query over workflows. What is in the
 * trash nobody sees; its owner finds it by looking there.
 */
export const visibleTo = (viewer: Viewer, least: LeastAccess): RawBuilder<boolean> => sql<boolean>`
  (w.trashed_at IS NULL AND (w.owner_id = ${viewer.userId} OR EXISTS (
    SELECT 1 FROM workflow.shares share WHERE share.workflow_id = w.id
      AND share.subject = ANY(${subjectsOf(viewer)}::text[]) AND share.access = ANY(${enough(least)}::text[]))))`;

/** The most that the person may do with workflow `w`. */
export const accessTo = (viewer: Viewer): RawBuilder<WorkflowAccessLevel> => sql<WorkflowAccessLevel>`
  CASE WHEN w.owner_id = ${viewer.userId} THEN 'own' ELSE coalesce((
    SELECT share.access FROM workflow.shares share
    WHERE share.workflow_id = w.id AND share.subject = ANY(${subjectsOf(viewer)}::text[])
    ORDER BY array_position(ARRAY['edit', 'run', 'view'], share.access) LIMIT 1), 'none') END`;

/** Whether the person sees that `run` happened: it is theirs, or of a workflow that they see. */
export const visibleRun = (viewer: Viewer): RawBuilder<boolean> => sql<boolean>`
  (run.owner_id = ${viewer.userId} OR EXISTS (
    SELECT 1 FROM workflow.workflows w WHERE w.id = run.workflow_id AND ${visibleTo(viewer, 'view')}))`;

/** Whether the person sees more of `run` than status and times. A workflow's owner shares the details of their own runs, nobody else's. */
export const detailedRun = (viewer: Viewer): RawBuilder<boolean> => sql<boolean>`
  (run.owner_id = ${viewer.userId} OR EXISTS (
    SELECT 1 FROM workflow.workflows w JOIN workflow.shares share ON share.workflow_id = w.id
    WHERE w.id = run.workflow_id AND w.trashed_at IS NULL AND w.owner_id = run.owner_id AND share.details
      AND share.subject = ANY(${subjectsOf(viewer)}::text[])))`;
