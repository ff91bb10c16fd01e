import { CHOOSING_LOCK } from './005-queue.sql';

/**
 * Leases up to `places` of the runs that may start, one after the other, each with its row: a tenant's row is read as that tenant. One
 * worker chooses at a time, or two could take a tenant's last place both; a row that somebody else is changing is passed over.
 *
 * `attempts` counts the leases since the run last got on: since a node came to its end, a statement succeeded or a step's
 * outcome was kept. The last counts the items of a map and the steps inside of it, which have no node of their own and may send no statement.
 */
export const TAKE_RUNS = `
  CREATE OR REPLACE FUNCTION workflow.take_runs(worker text, lease_ms double precision, places integer, rises_after double precision)
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
          + (SELECT count(*) FROM workflow.step_outcomes o WHERE o.run_id = chosen.run_id)
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
