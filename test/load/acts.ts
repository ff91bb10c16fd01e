import { sixInARow } from '../support/document-builder';
import type { Crowd, Person } from './orders';
import type { Asked, Requests } from './requests';
import type { Tally } from './tally';

/** A draft that nobody else saves at this moment. */
interface Draft {
  person: Person;
  id?: string;
  revision?: number;
}

const RESULT_NODE = 'result';
const document = sixInARow('Load');
const SOURCES = '/catalog/sources?database=SNOWFLAKE_SAMPLE_DATA&schema=TPCH_SF1';

/** What people do, each so many times of a hundred. */
const MIX: readonly [times: number, act: 'list' | 'open' | 'browse' | 'validate' | 'save' | 'call' | 'run'][] = [
  [22, 'list'],
  [20, 'open'],
  [20, 'browse'],
  [10, 'validate'],
  [12, 'save'],
  [8, 'call'],
  [8, 'run'],
];
const HUNDRED = MIX.flatMap(([times, act]) => Array.from({ length: times }, () => act));
/** Has no factor in common with a hundred: walks through all of them, the kinds mixed. */
const STRIDE = 37;

/** The acts of a crowd, one after the other in a fixed mix. */
export class Acts {
  private readonly drafts: Draft[];
  private turn = 0;

  constructor(
    private readonly crowd: Crowd,
    private readonly requests: Requests,
  ) {
    this.drafts = crowd.people.map((person) => ({ person }));
  }

  /** One act of somebody; it ends early where something is refused. */
  async next(tally: Tally): Promise<void> {
    const turn = this.turn++;
    const act = HUNDRED[(turn * STRIDE) % HUNDRED.length] ?? 'list';
    const person = this.crowd.people[turn % this.crowd.people.length] as Person;
    if (await this[act](person, tally)) tally.did();
  }

  private list(person: Person, tally: Tally): Promise<boolean> {
    return this.read(person, 'list', '/workflows?limit=20', tally);
  }

  private open(person: Person, tally: Tally): Promise<boolean> {
    return this.read(person, 'open', `/workflows/${person.workflowId}`, tally);
  }

  private async browse(person: Person, tally: Tally): Promise<boolean> {
    return (
      (await this.read(person, 'databases', '/catalog/databases', tally)) &&
      this.read(person, 'sources', SOURCES, tally)
    );
  }

  private async validate(person: Person, tally: Tally): Promise<boolean> {
    return (await this.post(person, 'validate', '/workflows/validate', { definition: document }, tally)) !== undefined;
  }

  private async save(person: Person, tally: Tally): Promise<boolean> {
    const draft = this.drafts.pop() ?? { person };
    const { id, revision } = draft;
    const definition = { ...document, description: `Turn ${this.turn}` };
    const saved = await this.post(draft.person, 'save', '/workflows/save', { id, revision, definition }, tally);
    const now = saved === undefined ? { id, revision } : (JSON.parse(saved) as { id: string; revision: number });
    this.drafts.unshift({ person: draft.person, id: now.id, revision: now.revision });
    return saved !== undefined;
  }

  private async call(_person: Person, tally: Tally): Promise<boolean> {
    const { slug, key } = this.crowd.call;
    const asked: Asked = {
      what: 'call',
      method: 'POST',
      path: `/published/${slug}`,
      headers: { 'x-api-key': key },
      body: { parameters: {} },
    };
    return (await this.requests.send(asked, tally)) !== undefined;
  }

  /** Starts a run, follows it to its end and reads its rows. */
  private async run(person: Person, tally: Tally): Promise<boolean> {
    const started = await this.post(person, 'run', '/workflows/run', { workflowId: person.workflowId }, tally);
    if (started === undefined) return false;
    const from = performance.now();
    const { runId } = JSON.parse(started) as { runId: string };
    const events = await this.get(person, 'events', `/runs/${runId}/events`, tally);
    if (events === undefined) return false;
    if (!events.includes('event: run.succeeded')) {
      tally.failed(
        `run ${/event: (run\.\w+)/.exec(events.slice(events.lastIndexOf('event: run.')))?.[1] ?? 'without an end'}`,
      );
      return false;
    }
    tally.ran(performance.now() - from);
    return this.read(person, 'rows', `/runs/${runId}/nodes/${RESULT_NODE}/result?limit=100`, tally);
  }

  private async read(person: Person, what: string, path: string, tally: Tally): Promise<boolean> {
    return (await this.get(person, what, path, tally)) !== undefined;
  }

  private get(person: Person, what: string, path: string, tally: Tally): Promise<string | undefined> {
    return this.requests.send({ what, method: 'GET', path, headers: bearer(person) }, tally);
  }

  private post(person: Person, what: string, path: string, body: object, tally: Tally): Promise<string | undefined> {
    return this.requests.send({ what, method: 'POST', path, headers: bearer(person), body }, tally);
  }
}

const bearer = ({ token }: Person) => ({ authorization: `Bearer ${token}` });
