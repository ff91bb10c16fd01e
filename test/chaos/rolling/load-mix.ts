import { sixInARow } from '../../support/document-builder';
import { FailedCall, type PlainClient } from './plain-client';

const WORKFLOWS = 24;

interface Draft {
  id: string;
  /** The newest that was told. */
  revision: number;
  isBeingSaved: boolean;
  /** A save of it was not answered: what it is now is told by the next look only. */
  isOpen: boolean;
}

/** What people at work ask, reads and writes mixed. Saves of one workflow go one after the other, each upon the revision before. */
export class LoadMix {
  private turn = 0;
  saves = 0;

  private constructor(
    private readonly api: PlainClient,
    private readonly drafts: readonly Draft[],
    private readonly runs: () => readonly string[],
  ) {}

  /** `runs`: those that may be looked at. */
  static async prepare(api: PlainClient, runs: () => readonly string[]): Promise<LoadMix> {
    const drafts: Draft[] = [];
    for (let index = 0; index < WORKFLOWS; index += 1) {
      const body = { definition: sixInARow(`Draft ${index}`) };
      const saved = await api.call<Draft>('save', 'POST /workflows/save', 201, body);
      drafts.push({ id: saved.id, revision: saved.revision, isBeingSaved: false, isOpen: false });
    }
    return new LoadMix(api, drafts, runs);
  }

  /** The next call of the mix. */
  next(): Promise<unknown> {
    const turn = this.turn++;
    const draft = this.drafts[turn % this.drafts.length] as Draft;
    const runId = this.runs()[turn % Math.max(1, this.runs().length)];
    switch (turn % 10) {
      case 0:
      case 1:
        return this.save();
      case 2:
        return this.api.call('databases', 'GET /catalog/databases', 200);
      case 3:
        return this.api.call('schemas', 'GET /catalog/schemas?database=SNOWFLAKE_SAMPLE_DATA', 200);
      case 4:
      case 5:
        return this.api.call('list', 'GET /workflows?limit=20', 200);
      case 6:
      case 7:
        return runId ? this.api.call('run', `GET /runs/${runId}`, 200) : Promise.resolve();
      default:
        return this.api.call('get', `GET /workflows/${draft.id}`, 200);
    }
  }

  /** How many drafts are not at the revision that was told last: a lost write stands behind it, a doubled one before. */
  async astray(): Promise<{ lost: number; doubled: number }> {
    const found = { lost: 0, doubled: 0 };
    for (const { id, revision, isOpen } of this.drafts) {
      const now = await this.api.call<Draft>('get', `GET /workflows/${id}`, 200);
      if (now.revision < revision) found.lost += 1;
      if (now.revision > revision && !isOpen) found.doubled += 1;
    }
    return found;
  }

  private async save(): Promise<void> {
    const draft = this.drafts.find(({ isBeingSaved, isOpen }) => !isBeingSaved && !isOpen);
    if (!draft) return;
    draft.isBeingSaved = true;
    const body = { id: draft.id, revision: draft.revision, definition: sixInARow(`Saved ${this.saves}`) };
    try {
      draft.revision = (await this.api.call<Draft>('save', 'POST /workflows/save', 200, body)).revision;
      this.saves += 1;
    } catch (error) {
      draft.isOpen = error instanceof FailedCall;
      throw error;
    } finally {
      draft.isBeingSaved = false;
    }
  }
}
