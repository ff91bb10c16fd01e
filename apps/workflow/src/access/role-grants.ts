import type { ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { nameOf, partsOf } from '@snowflow/contracts/policies/qualified-name';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { Semaphore } from '@snowflow/engine/run/semaphore';
import { quoteIdentifier } from '@snowflow/nodes/kit/sql/quote-identifier';
import type { Need } from './node-needs';

/** What SHOW lists at most; a role with so many grants may have more. */
const MOST_GRANTS = 10_000;
/** Roles that are asked about for one matrix, with those that they inherit. */
const MOST_ROLES = 200;
const AT_ONCE = 4;

/** What a role holds by itself. */
interface Held {
  /** `SELECT DEMO.PUBLIC.T`. */
  grants: ReadonlySet<string>;
  roles: string[];
  /** It holds more than is listed: it was not shown, has too many grants, or database roles. */
  holdsMore: boolean;
}

const NOT_SHOWN: Held = { grants: new Set(), roles: [], holdsMore: true };

/** What roles hold, each asked once, with all that they inherit. */
export class RoleGrants {
  private readonly asked = new Map<string, Promise<Held>>();
  private readonly places = new Semaphore(AT_ONCE);
  private readonly imported: Promise<ReadonlySet<string>>;

  constructor(
    private readonly connections: Pick<ConnectionsClient, 'metadata'>,
    private readonly context: PinnedContext,
    private readonly giveUpAtMs: number,
  ) {
    this.imported = this.importedDatabases();
    this.imported.catch(() => undefined);
  }

  /** Of the needs, those that the role does not hold; `sure` where it certainly holds nothing else. */
  async lacking(role: string, needs: readonly Need[]): Promise<{ missing: Need[]; sure: boolean }> {
    const held = await this.inherited(role);
    const imported = await this.imported;
    const holds = (need: Need) => held.some(({ grants }) => isHeld(grants, need, imported));
    return { missing: needs.filter((need) => !holds(need)), sure: held.every(({ holdsMore }) => !holdsMore) };
  }

  /** PUBLIC is everybody's, though nobody lists it. */
  private async inherited(role: string): Promise<Held[]> {
    const found = new Map<string, Held>();
    for (let next = [role, 'PUBLIC']; next.length > 0;) {
      const fresh = [...new Set(next)].filter((one) => !found.has(one));
      const held = await Promise.all(fresh.map((one) => this.of(one)));
      fresh.forEach((one, index) => found.set(one, held[index] ?? NOT_SHOWN));
      next = held.flatMap(({ roles }) => roles).filter((one) => !found.has(one));
    }
    return [...found.values()];
  }

  private of(role: string): Promise<Held> {
    const known = this.asked.get(role);
    if (known) return known;
    if (this.asked.size >= MOST_ROLES) return Promise.resolve(NOT_SHOWN);
    const asked = this.places.run(() => this.ask(role));
    this.asked.set(role, asked);
    return asked;
  }

  private async ask(role: string): Promise<Held> {
    const rows = await this.show(`SHOW GRANTS TO ROLE ${quoteIdentifier(role)}`, ['privilege', 'granted_on', 'name']);
    if (!rows) return NOT_SHOWN;
    const grants = rows.map(([privilege = '', , name = '']) => `${privilege} ${plainName(name)}`);
    const ofRoles = rows.filter(([privilege, on]) => privilege === 'USAGE' && on === 'ROLE');
    return {
      grants: new Set(grants),
      roles: ofRoles.map(([, , name = '']) => partsOf(name, { fold: false })?.join('.') ?? name),
      holdsMore: rows.length >= MOST_GRANTS || rows.some(([, on = '']) => /^(DATABASE_ROLE|APPLICATION)/.test(on)),
    };
  }

  /** Of a share the right to use it is the right to read all of it. */
  private async importedDatabases(): Promise<ReadonlySet<string>> {
    const rows = (await this.show('SHOW DATABASES', ['name', 'kind'])) ?? [];
    return new Set(rows.filter(([, kind]) => kind === 'IMPORTED DATABASE').map(([name = '']) => nameOf([name])));
  }

  /** Undefined where Snowflake does not show it to the present role. */
  private async show(sql: string, columns: readonly string[]): Promise<string[][] | undefined> {
    const deadlineMs = this.giveUpAtMs - Date.now();
    if (deadlineMs <= 0) return undefined;
    try {
      const shown = await this.connections.metadata({ sql, binds: [], context: this.context }, { deadlineMs });
      const at = columns.map((column) => shown.columns.findIndex((name) => name.toLowerCase() === column));
      return shown.rows.map((row) => at.map((index) => String(row[index] ?? '')));
    } catch (error) {
      if (error instanceof AppError && !UNSHOWN.has(error.code)) throw error;
      return undefined;
    }
  }
}

const UNSHOWN = new Set(['SQL_FAILED', 'SOURCE_NOT_FOUND', 'SNOWFLAKE_ACCESS_DENIED', 'DEADLINE_EXCEEDED']);

/** Who owns an object may do all with it. */
function isHeld(grants: ReadonlySet<string>, { privilege, object }: Need, imported: ReadonlySet<string>): boolean {
  const name = nameOf(object);
  if (grants.has(`${privilege} ${name}`) || grants.has(`OWNERSHIP ${name}`)) return true;
  const database = nameOf(object.slice(0, 1));
  const reads = privilege === 'SELECT' || privilege === 'USAGE';
  return reads && imported.has(database) && (grants.has(`USAGE ${database}`) || grants.has(`OWNERSHIP ${database}`));
}

function plainName(name: string): string {
  const parts = partsOf(name, { fold: false });
  return parts ? nameOf(parts) : name;
}
