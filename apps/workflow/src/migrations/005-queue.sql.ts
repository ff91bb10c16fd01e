/** Any number does, as long as nothing else here locks it. */
export const CHOOSING_LOCK = 5_190_418;

/**
 * The runs that may start now, the first to start first: of every lane (a tenant's runs of one priority, workflow and warehouse) the
 * oldest that is due, unless its tenant, workflow or warehouse has all its places taken.
 *
 * A run rises by one priority each time it has waited `rises_after` seconds, and never above an interactive one. Among equals the tenant
 * with the fewest runs under way goes first; in one tenant the kind of run with the fewest under way, so that a backlog that has risen
 * takes turns with what somebody waits for; then the oldest.
 *
 * Lanes are walked by the index and so is what is under way, so that a backlog of a hundred thousand runs costs no more than its first. The
 * table fills and empties faster than its statistics are taken, hence the word to the planner.
 */
const DUE_RUNS = `
  CREATE FUNCTION workflow.due_runs(rises_after double precision)
  RETURNS TABLE (run_id text, place bigint) LANGUAGE sql STABLE SET enable_seqscan = off AS $$
    WITH RECURSIVE lanes AS (
      (SELECT q.tenant_id, q.priority, q.workflow_id, q.warehouse_key FROM workflow.run_queue q
       ORDER BY q.tenant_id, q.priority, q.workflow_id, q.warehouse_key LIMIT 1)
      UNION ALL
      SELECT following.* FROM lanes, LATERAL (
        SELECT q.tenant_id, q.priority, q.workflow_id, q.warehouse_key FROM workflow.run_queue q
        WHERE (q.tenant_id, q.priority, q.workflow_id, q.warehouse_key)
          > (lanes.tenant_id, lanes.priority, lanes.workflow_id, lanes.warehouse_key)
        ORDER BY q.tenant_id, q.priority, q.workflow_id, q.warehouse_key LIMIT 1
      ) following
    ), heads AS (
      SELECT head.* FROM lanes, LATERAL (
        SELECT q.* FROM workflow.run_queue q
        WHERE (q.tenant_id, q.priority, q.workflow_id, q.warehouse_key)
            = (lanes.tenant_id, lanes.priority, lanes.workflow_id, lanes.warehouse_key)
          AND q.leased_until < clock_timestamp() AND NOT q.cancel_requested
        ORDER BY q.queued_at LIMIT 1
      ) head
    ), under_way AS MATERIALIZED (
      SELECT q.tenant_id, q.priority, q.workflow_id, q.warehouse_key FROM workflow.run_queue q
      WHERE q.leased_by IS NOT NULL AND q.leased_until >= clock_timestamp()
    ), counted AS (
      SELECT heads.*, taken.* FROM heads, LATERAL (
        SELECT count(*) AS in_tenant,
          count(*) FILTER (WHERE u.priority = heads.priority) AS in_kind,
          count(*) FILTER (WHERE u.workflow_id = heads.workflow_id) AS in_workflow,
          count(*) FILTER (WHERE u.warehouse_key = heads.warehouse_key) AS in_warehouse
        FROM under_way u WHERE u.tenant_id = heads.tenant_id
      ) taken
    )
    SELECT c.run_id, row_number() OVER (ORDER BY
      greatest(0, c.priority - floor(extract(epoch FROM clock_timestamp() - c.queued_at) / rises_after)),
      c.in_tenant, c.in_kind, c.queued_at, c.run_id)
    FROM counted c
    WHERE c.in_tenant < c.tenant_places
      AND (c.workflow_id = '' OR c.in_workflow < c.workflow_places)
      AND (c.warehouse_key = '' OR c.in_warehouse < c.warehouse_places)
  $$`;

/**
 * Leases up to `places` of the runs that may start, one after the other, each with its row: a tenant's row is read as that tenant. One
 * worker chooses at a time, or two could take a tenant's last place both; a row that somebody else is changing is passed over.
 *
 * `attempts` counts the leases since the run last got on: since a node came to its end or a statement succeeded.
 */
const TAKE_RUNS = `
  CREATE FUNCTION workflow.take_runs(worker text, lease_ms double precision, places integer, rises_after double precision)
  RETURNS TABLE (run workflow.runs, lease_fence integer, lease_attempts integer, more boolean) LANGUAGE plpgsql AS $$
  DECLARE
    chosen workflow.run_queue;
    got_to integer;
  BEGIN
    IF NOT EXISTS (SELECT FROM workflow.run_queue q WHERE q.leased_until < clock_timestamp()) THEN RETURN; END IF;
    PERFORM pg_advisory_xact_lock(${CHOOSING_LOCK});
    FOR taken IN 1..places LOOP
      SELECT q.* INTO chosen
      FROM workflow.due_runs(rises_after) due JOIN workflow.run_queue q ON q.run_id = due.run_id
      ORDER BY due.place LIMIT 1 FOR UPDATE OF q SKIP LOCKED;
      EXIT WHEN NOT FOUND;

      PERFORM set_config('app.tenant_id', chosen.tenant_id, true);
      SELECT r.* INTO run FROM workflow.runs r WHERE r.id = chosen.run_id;
      IF NOT FOUND THEN
        DELETE FROM workflow.run_queue q WHERE q.run_id = chosen.run_id;
        CONTINUE;
      END IF;
      IF chosen.fence > 0 THEN
        SELECT (SELECT count(*) FROM workflow.run_nodes n WHERE n.run_id = chosen.run_id AND n.finished_at IS NOT NULL)
          + (SELECT count(*) FROM workflow.statements s WHERE s.run_id = chosen.run_id AND s.state = 'succeeded')
        INTO got_to;
        IF got_to > chosen.progress THEN chosen.attempts := 0; END IF;
        chosen.progress := got_to;
      END IF;
      UPDATE workflow.run_queue q
      SET leased_by = worker, leased_until = clock_timestamp() + lease_ms * interval '1 millisecond',
        fence = q.fence + 1, attempts = chosen.attempts + 1, progress = chosen.progress
      WHERE q.run_id = chosen.run_id
      RETURNING q.fence, q.attempts INTO lease_fence, lease_attempts;
      more := taken = places AND EXISTS (SELECT FROM workflow.due_runs(rises_after));
      RETURN NEXT;
    END LOOP;
  END $$`;

/** What a run waits for that is due and may not start; nothing where it only waits for a worker. */
const WAITS_FOR = `
  CREATE FUNCTION workflow.waits_for(waiting text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
      WHEN taken.in_tenant >= q.tenant_places THEN 'tenant'
      WHEN q.workflow_id <> '' AND taken.in_workflow >= q.workflow_places THEN 'workflow'
      WHEN q.warehouse_key <> '' AND taken.in_warehouse >= q.warehouse_places THEN 'warehouse'
    END
    FROM workflow.run_queue q, LATERAL (
      SELECT count(*) AS in_tenant,
        count(*) FILTER (WHERE u.workflow_id = q.workflow_id) AS in_workflow,
        count(*) FILTER (WHERE u.warehouse_key = q.warehouse_key) AS in_warehouse
      FROM workflow.run_queue u
      WHERE u.leased_by IS NOT NULL AND u.tenant_id = q.tenant_id AND u.leased_until >= clock_timestamp()
    ) taken
    WHERE q.run_id = waiting AND (q.leased_by IS NULL OR q.leased_until < clock_timestamp())
  $$`;

/** How the next run is chosen, in the order in which the definitions need each other. */
export const CHOOSING = [DUE_RUNS, TAKE_RUNS, WAITS_FOR];
