import type { SemanticModel, SemanticTable } from '@snowflow/contracts/semantic/semantic-model';
import { sameName } from '@snowflow/contracts/semantic/semantic-names';
import { reaches } from '../semantic/semantic-paths';
import type { Piece } from './read-pieces';
import { NotUnderstood, type Condition, type Grouped, type Measured, type Reading } from './reading';
import type { Grain, Span } from './time-phrases';
import type { Meaning } from './vocabulary';

type Of<Kind extends Meaning['kind']> = Extract<Meaning, { kind: Kind }>;
type Named = Extract<Piece, { t: 'named' }>;

const ofKind = <Kind extends Meaning['kind']>(meanings: readonly Meaning[], kind: Kind): Of<Kind>[] =>
  meanings.filter((meaning): meaning is Of<Kind> => meaning.kind === kind);
const spoken = (name: string) => name.replaceAll('_', ' ').toLowerCase();

/** Puts the pieces of a question together. Throws NotUnderstood rather than guess. */
export class Interpreter {
  private readonly metrics: Measured[] = [];
  private readonly groups: Grouped[] = [];
  private readonly conditions: Condition[] = [];
  private readonly having: Reading['having'] = [];
  private readonly tables: { table: SemanticTable; said: string }[] = [];
  /** Conditions and groups whose table may only be known once the metrics are. */
  private readonly later: (() => void)[] = [];
  private rank: Reading['rank'];

  constructor(
    private readonly model: SemanticModel,
    private readonly pieces: readonly Piece[],
  ) {}

  interpret(): Reading {
    const unknown = this.pieces.filter(({ t }) => t === 'unknown').map(({ said }) => `“${said}”`);
    if (unknown.length > 0) throw new NotUnderstood(unknown.join(', '));
    this.pieces.forEach((piece, index) => this.take(piece, index));
    this.countTables();
    for (const decide of this.later) decide();
    this.requireTables();
    const { metrics, groups, conditions, having, rank } = this;
    if (metrics.length === 0 && groups.length === 0) throw new NotUnderstood('what to measure or to list');
    if (rank && metrics.length === 0) throw new NotUnderstood('by what to rank; name a metric');
    if (rank && groups.length === 0) throw new NotUnderstood('what to rank; name a dimension');
    return { metrics, groups, conditions, having, rank };
  }

  private take(piece: Piece, index: number): void {
    if (piece.t === 'named') this.takeNamed(piece, index);
    else if (piece.t === 'rank') this.takeRank(piece);
    else if (piece.t === 'span') this.takeSpan(piece.span, piece.said, index);
    else if (piece.t === 'grain') this.takeGrain(piece.grain, piece.said, index);
    else if (piece.t === 'compare') this.takeComparison(piece, index);
  }

  private takeRank({ descending, limit, said }: Extract<Piece, { t: 'rank' }>): void {
    if (this.rank) throw new NotUnderstood(`“${said}” after another ranking`);
    this.rank = { descending, limit: limit ?? 1 };
  }

  private takeNamed({ meanings, grouped, said }: Named, index: number): void {
    const [metric] = ofKind(meanings, 'metric');
    if (metric) return this.takeMetric(metric);
    const [filter] = ofKind(meanings, 'filter');
    if (filter)
      return void this.conditions.push({
        kind: 'filter',
        table: filter.table,
        name: filter.filter.name,
        expr: filter.filter.expr,
      });
    const values = ofKind(meanings, 'value');
    if (values.length > 0) return this.takeValue(values, said, index);
    const dimensions = ofKind(meanings, 'dimension');
    const next = this.pieces[index + 1];
    if (ofKind(meanings, 'fact').length > 0 || (dimensions.length > 0 && next?.t === 'compare')) {
      if (next?.t !== 'compare') throw new NotUnderstood(`“${said}”, which no metric sums up`);
      return;
    }
    if (dimensions.length > 0 && this.isQualifier(dimensions, index)) return;
    const [table] = ofKind(meanings, 'table');
    if (dimensions.length > 0 && (grouped || this.opens(index))) return this.takeGroup(dimensions, said);
    if (table) this.tables.push({ table: table.table, said });
    else throw new NotUnderstood(`“${said}”: say “by ${said}”, or which ${said}`);
  }

  private takeMetric({ table, metric }: Of<'metric'>): void {
    if (!this.metrics.some((known) => known.metric === metric)) this.metrics.push({ table, metric });
  }

  /** A dimension that only says of what a value, a number or a time beside it is. */
  private isQualifier(dimensions: readonly Of<'dimension'>[], index: number): boolean {
    const [before, after] = [this.pieces[index - 1], this.pieces[index + 1]];
    if (dimensions.some(({ isTime }) => isTime) && (after?.t === 'span' || before?.t === 'grain')) return true;
    const owns = (piece: Piece | undefined) =>
      piece?.t === 'named' &&
      ofKind(piece.meanings, 'value').some((value) =>
        dimensions.some(({ dimension }) => dimension === value.dimension),
      );
    return owns(after) || owns(before);
  }

  /** Whether it comes before everything else, so that it can only be what is listed; a table then is counted or listed by it. */
  private opens(index: number): boolean {
    const asksMetric = this.pieces.some((piece) => piece.t === 'named' && ofKind(piece.meanings, 'metric').length > 0);
    const isCounted = !asksMetric && this.pieces.some((piece) => 'grouped' in piece && piece.grouped);
    return this.pieces.slice(0, index).every(({ t }) => t === 'rank') && !isCounted && this.pieces.length > 1;
  }

  private takeGroup(dimensions: readonly Of<'dimension'>[], said: string): void {
    this.later.push(() => {
      const [found, ...others] = this.within(dimensions);
      if (!found) throw new NotUnderstood(this.cantBeAsked(said));
      if (others.length > 0) throw new NotUnderstood(ambiguous(said, [found, ...others]));
      if (!this.groups.some(({ dimension }) => dimension === found.dimension)) this.groups.push(found);
    });
  }

  private takeValue(values: readonly Of<'value'>[], said: string, index: number): void {
    const beside = [this.pieces[index - 1], this.pieces[index + 1]].flatMap((piece) =>
      piece?.t === 'named' ? ofKind(piece.meanings, 'dimension') : [],
    );
    const own = values.filter((value) => beside.some(({ dimension }) => dimension === value.dimension));
    this.later.push(() => {
      const candidates = this.nearest(this.within(own.length > 0 ? own : values));
      const open = this.conditions.find(
        (condition) =>
          condition.kind === 'values' && candidates.some(({ dimension }) => dimension === condition.dimension),
      );
      const [found, ...others] = candidates;
      if (!found) throw new NotUnderstood(this.cantBeAsked(said));
      if (open?.kind === 'values') {
        const same = candidates.find(({ dimension }) => dimension === open.dimension);
        if (same) open.values.push(same.value);
        return;
      }
      if (others.length > 0) throw new NotUnderstood(ambiguous(said, candidates));
      this.conditions.push({ kind: 'values', table: found.table, dimension: found.dimension, values: [found.value] });
    });
  }

  /** Of “nations in Europe” the region is that of the nations, whatever other regions there are. */
  private nearest(values: readonly Of<'value'>[]): readonly Of<'value'>[] {
    const near = values.filter(({ table }) =>
      (this.model.relationships ?? []).some(
        (relationship) =>
          sameName(relationship.right_table, table.name) &&
          this.groups.some((group) => sameName(relationship.left_table, group.table.name)),
      ),
    );
    return near.length > 0 ? near : values;
  }

  private takeSpan(span: Span, said: string, index: number): void {
    const before = this.pieces[index - 1];
    const named = before?.t === 'named' ? ofKind(before.meanings, 'dimension').filter(({ isTime }) => isTime) : [];
    this.later.push(() => {
      const { table, dimension } = this.timeOf(named, said, index);
      const open = this.conditions.find((condition) => condition.kind === 'spans' && condition.dimension === dimension);
      if (open?.kind === 'spans') open.spans.push(span);
      else this.conditions.push({ kind: 'spans', table, dimension, spans: [span] });
    });
  }

  private takeGrain(grain: Grain, said: string, index: number): void {
    const after = this.pieces[index + 1];
    const named = after?.t === 'named' ? ofKind(after.meanings, 'dimension').filter(({ isTime }) => isTime) : [];
    this.later.push(() => void this.groups.push({ ...this.timeOf(named, said, index), grain }));
  }

  /** The time that is named beside it, or elsewhere in the question, or the one that the model calls “date”. */
  private timeOf(named: readonly Of<'dimension'>[], said: string, index: number): Of<'dimension'> {
    const elsewhere = this.pieces.flatMap((piece, at) =>
      piece.t === 'named' && at !== index ? ofKind(piece.meanings, 'dimension').filter(({ isTime }) => isTime) : [],
    );
    const mentioned = named.length > 0 ? named : elsewhere;
    const all = this.model.tables.flatMap((table) =>
      (table.time_dimensions ?? []).map((dimension) => ({
        kind: 'dimension' as const,
        table,
        dimension,
        isTime: true,
      })),
    );
    const candidates = this.within(mentioned.length > 0 ? mentioned : all);
    const dates = candidates.filter(({ dimension }) =>
      dimension.synonyms?.some((synonym) => sameName(synonym, 'date')),
    );
    const [only] = candidates.length === 1 ? candidates : dates;
    if (only) return only;
    throw new NotUnderstood(candidates.length === 0 ? this.cantBeAsked(said) : ambiguous(said, candidates));
  }

  private takeComparison({ comparison, number, said }: Extract<Piece, { t: 'compare' }>, index: number): void {
    const before = this.pieces[index - 1];
    const meanings = before?.t === 'named' ? before.meanings : [];
    const [metric] = ofKind(meanings, 'metric');
    if (metric) return void this.having.push({ metric: metric.metric, comparison, number });
    const found = meanings.flatMap((meaning) =>
      meaning.kind === 'fact'
        ? [{ table: meaning.table, name: meaning.fact.name }]
        : meaning.kind === 'dimension' && /^(?:NUMBER|FLOAT|INT|DECIMAL)/i.test(meaning.dimension.data_type ?? '')
          ? [{ table: meaning.table, name: meaning.dimension.name }]
          : [],
    );
    const [only, ...others] = found;
    if (!only || others.length > 0) throw new NotUnderstood(`“${said}”: of what`);
    this.conditions.push({ kind: 'compare', ...only, comparison, number });
  }

  /** “Orders by year”: where nothing is measured, what is named is counted. */
  private countTables(): void {
    if (this.metrics.length > 0) return;
    for (const { table, said } of this.tables) {
      const count = (table.metrics ?? []).find(({ expr }) => /^\s*COUNT\s*\(/i.test(expr));
      if (!count) throw new NotUnderstood(`“${said}”: what of it to measure`);
      this.takeMetric({ kind: 'metric', table, metric: count });
    }
  }

  /** A table that is only mentioned must be one that every measured row belongs to, or the words meant something else. */
  private requireTables(): void {
    for (const { table, said } of this.tables) {
      if (!this.measures(table)) throw new NotUnderstood(this.cantBeAsked(said));
    }
    for (const condition of this.conditions) {
      const said =
        condition.kind === 'values' || condition.kind === 'spans' ? condition.dimension.name : condition.name;
      if (!this.measures(condition.table)) throw new NotUnderstood(this.cantBeAsked(spoken(said)));
    }
  }

  private within<Found extends { table: SemanticTable }>(found: readonly Found[]): Found[] {
    return found.filter(({ table }) => this.measures(table));
  }

  private measures(table: SemanticTable): boolean {
    return this.measuredTables().every((name) => reaches(this.model, name, table.name));
  }

  private measuredTables(): string[] {
    return this.metrics.flatMap(({ table, metric }) =>
      table
        ? [table.name]
        : this.model.tables
            .map(({ name }) => name)
            .filter((name) => metric.expr.toUpperCase().includes(`${name.toUpperCase()}.`)),
    );
  }

  private cantBeAsked(said: string): string {
    const metrics = this.metrics.map(({ metric }) => spoken(metric.name)).join(' and ');
    return `“${said}” can't be asked of ${metrics || 'this'}`;
  }
}

function ambiguous(said: string, found: readonly (Of<'dimension'> | Of<'value'>)[]): string {
  return `“${said}” may be of ${found.map(({ dimension }) => spoken(dimension.name)).join(' or ')}: say which`;
}
