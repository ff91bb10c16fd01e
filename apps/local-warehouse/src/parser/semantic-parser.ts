import type { SemanticModel, SemanticTable } from '@snowflow/contracts/semantic/semantic-model';
import { AccountParser } from './account-parser';
import type { Name } from './expression-tree';
import type { Creation, StatementTree } from './statement-tree';

type Section = 'facts' | 'dimensions' | 'metrics';
type Part = { name: string; expr: string; synonyms?: string[]; description?: string };

const words = (names: readonly Name[]) => names.map(({ text }) => text);

/** Statements about semantic views. */
export abstract class SemanticParser extends AccountParser {
  protected semanticStatement(): StatementTree | undefined {
    if (this.take('CREATE', 'SEMANTIC', 'VIEW')) return this.createSemanticView(false);
    if (this.take('CREATE', 'OR', 'REPLACE', 'SEMANTIC', 'VIEW')) return this.createSemanticView(true);
    if (this.take('DROP', 'SEMANTIC', 'VIEW')) {
      const ifExists = this.take('IF', 'EXISTS');
      return { t: 'dropSemanticView', name: this.qualifiedName(), ifExists };
    }
    if (this.take('DESCRIBE', 'SEMANTIC', 'VIEW') || this.take('DESC', 'SEMANTIC', 'VIEW')) {
      return { t: 'describeSemanticView', name: this.qualifiedName() };
    }
    if (!this.take('CALL', 'SYSTEM$CREATE_SEMANTIC_VIEW_FROM_YAML')) return undefined;
    const args = this.inParentheses(() => this.commaSeparated(() => this.expression()));
    return { t: 'createSemanticViewFromYaml', args };
  }

  private createSemanticView(replace: boolean): StatementTree {
    const creation: Creation = this.take('IF', 'NOT', 'EXISTS') ? 'skip' : replace ? 'replace' : 'fail';
    const name = this.qualifiedName();
    const model: SemanticModel = { name: name.at(-1)?.text ?? '', tables: [] };
    this.expect('TABLES');
    const bases: Name[][] = [];
    this.inParentheses(() => this.commaSeparated(() => bases.push(this.logicalTable(model))));
    if (this.take('RELATIONSHIPS')) {
      model.relationships = this.inParentheses(() => this.commaSeparated(() => this.relationship(model)));
    }
    for (const section of ['facts', 'dimensions', 'metrics'] as const) {
      if (this.take(section.toUpperCase())) {
        this.inParentheses(() => this.commaSeparated(() => this.semanticPart(section, model)));
      }
    }
    this.semanticOptions(model);
    return { t: 'createSemanticView', name, creation, model, bases };
  }

  /** Adds the table; its base is qualified later, by the session. */
  private logicalTable(model: SemanticModel): Name[] {
    const first = this.qualifiedName();
    const base = this.take('AS') ? this.qualifiedName() : first;
    const table: SemanticTable = {
      name: first.at(-1)?.text ?? '',
      base_table: { database: '', schema: '', table: base.at(-1)?.text ?? '' },
    };
    const columns = () => words(this.inParentheses(() => this.commaSeparated(() => this.anyName())));
    if (this.take('PRIMARY', 'KEY')) table.primary_key = { columns: columns() };
    while (this.take('UNIQUE')) table.unique_keys = [...(table.unique_keys ?? []), { columns: columns() }];
    Object.assign(table, this.wordsAbout());
    model.tables.push(table);
    return base;
  }

  private relationship(model: SemanticModel) {
    const first = this.name().text;
    const named = this.take('AS');
    const left = named ? this.name().text : first;
    const columns = () => this.inParentheses(() => this.commaSeparated(() => this.anyName().text));
    const leftColumns = columns();
    this.expect('REFERENCES');
    const right = this.name();
    const key = model.tables.find(({ name }) => name === right.text)?.primary_key?.columns ?? [];
    const rightColumns = this.at('(') ? columns() : key;
    if (leftColumns.length !== rightColumns.length) {
      throw this.refuse(
        `a relationship of ${leftColumns.length} columns to ${rightColumns.length} of ${right.text}`,
        right.at,
      );
    }
    return {
      name: named ? first : `${left}_TO_${right.text}`,
      left_table: left,
      right_table: right.text,
      relationship_columns: leftColumns.map((column, index) => ({
        left_column: column,
        right_column: rightColumns[index] ?? '',
      })),
    };
  }

  private semanticPart(section: Section, model: SemanticModel): void {
    if (this.at('PRIVATE')) throw this.refuse('PRIVATE facts and metrics');
    this.take('PUBLIC');
    const names = this.qualifiedName();
    if (this.at('USING', '(') || this.at('NON', 'ADDITIVE')) throw this.refuse(`a metric with ${this.token.text}`);
    this.expect('AS');
    const [owner, name] = names.length > 1 ? names : [undefined, names[0]];
    const part: Part = { name: name?.text ?? '', expr: this.expressionText(), ...this.wordsAbout() };
    const table = model.tables.find((candidate) => candidate.name === owner?.text);
    if (table) table[section] = [...(table[section] ?? []), part];
    else if (!owner && section === 'metrics') model.metrics = [...(model.metrics ?? []), part];
    else throw this.unexpected();
  }

  private wordsAbout(): { synonyms?: string[]; description?: string } {
    let synonyms: string[] | undefined;
    if (this.take('WITH', 'SYNONYMS')) {
      this.take('=');
      synonyms = this.inParentheses(() => this.commaSeparated(() => this.stringLiteral()));
    }
    const description = this.comment();
    return { ...(synonyms && { synonyms }), ...(description !== undefined && { description }) };
  }

  private semanticOptions(model: SemanticModel): void {
    const comment = this.comment();
    if (comment !== undefined) model.description = comment;
    if (this.take('AI_SQL_GENERATION')) model.custom_instructions = this.stringLiteral();
    if (this.at('WITH') || this.at('AI_QUESTION_CATEGORIZATION') || this.at('AI_VERIFIED_QUERIES')) {
      throw this.refuse(`CREATE SEMANTIC VIEW … ${this.token.text}`);
    }
    this.take('COPY', 'GRANTS');
  }
}
