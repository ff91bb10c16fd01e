import { Access } from '../catalog/access';
import type { RelationEntry, SemanticViewEntry, TableEntry } from '../catalog/catalog-entries';
import type { Session } from '../sessions/session';
import type { Statement } from '../statements/statement';
import { unsupported, type SourcePosition } from '../statements/warehouse-error';

const deepestViews = 20;

/** What compiling one statement needs to know, and what it finds out. */
export class CompileContext {
  /** Work to do before the statement runs, such as loading a kept result. */
  readonly preparations: (() => Promise<void>)[] = [];
  /** Milliseconds that SYSTEM$WAIT asks for. */
  waitMs = 0;
  /** Whether the same text may mean something else next time. */
  volatile = false;
  /** Whether a bind may stand for many values, one for each row that is inserted. */
  manyRows = false;
  /** The tables it reads. */
  readonly tables = new Set<TableEntry>();
  private aliases = 0;

  constructor(
    readonly statement: Statement,
    readonly access = new Access(statement.session, statement.context),
    private readonly viewDepth = 0,
    /** Which of the statement's binds DuckDB gets, in its order. */
    readonly binds: number[] = [],
  ) {}

  get session(): Session {
    return this.statement.session;
  }

  newAlias(): string {
    return `t${this.viewDepth}_${this.aliases++}`;
  }

  /** The number under which DuckDB knows a bind. */
  bindNumber(index: number): number {
    const known = this.binds.indexOf(index);
    return known >= 0 ? known + 1 : this.binds.push(index);
  }

  /** What a view's own text is compiled in: its schema, its owner's rights. */
  forView(view: RelationEntry, at: SourcePosition): CompileContext {
    if (this.viewDepth >= deepestViews) throw unsupported('views nested this deeply', at);
    const context = { ...this.access.context, role: view.owner, database: view.database, schema: view.schema };
    return new CompileContext(this.statement, new Access(this.session, context), this.viewDepth + 1);
  }

  /** The same of a semantic view, whose query has the binds of the statement that asks it. */
  forSemanticView(view: SemanticViewEntry, at: SourcePosition): CompileContext {
    if (this.viewDepth >= deepestViews) throw unsupported('views nested this deeply', at);
    const context = { ...this.access.context, role: view.owner, database: view.database, schema: view.schema };
    return new CompileContext(this.statement, new Access(this.session, context), this.viewDepth + 1, this.binds);
  }

  /** Takes over what compiling a part of the statement found out. */
  absorb(inner: CompileContext): void {
    this.preparations.push(...inner.preparations);
    this.volatile ||= inner.volatile;
    this.waitMs += inner.waitMs;
    for (const table of inner.tables) this.tables.add(table);
  }
}
