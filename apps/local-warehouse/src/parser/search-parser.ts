import { SemanticParser } from './semantic-parser';
import type { Creation, StatementTree } from './statement-tree';

type SearchOptions = Extract<StatementTree, { t: 'createSearchService' }>['options'];

/** Statements about Cortex Search services. */
export abstract class SearchParser extends SemanticParser {
  protected searchStatement(): StatementTree | undefined {
    if (this.take('CREATE', 'CORTEX', 'SEARCH', 'SERVICE')) return this.createSearchService(false);
    if (this.take('CREATE', 'OR', 'REPLACE', 'CORTEX', 'SEARCH', 'SERVICE')) return this.createSearchService(true);
    if (!this.take('DROP', 'CORTEX', 'SEARCH', 'SERVICE')) return undefined;
    const ifExists = this.take('IF', 'EXISTS');
    return { t: 'dropSearchService', name: this.qualifiedName(), ifExists };
  }

  private createSearchService(replace: boolean): StatementTree {
    const creation: Creation = this.take('IF', 'NOT', 'EXISTS') ? 'skip' : replace ? 'replace' : 'fail';
    const name = this.qualifiedName();
    if (this.at('TEXT') || this.at('VECTOR')) throw this.refuse(`${this.token.text} INDEXES of search services`);
    this.expect('ON');
    const on = this.anyName();
    const attributes = this.take('ATTRIBUTES') ? this.commaSeparated(() => this.anyName()) : [];
    const options = this.searchOptions();
    this.expect('AS');
    const start = this.token;
    const query = this.query();
    return { t: 'createSearchService', name, creation, on, attributes, options, query, source: this.textFrom(start) };
  }

  private searchOptions(): SearchOptions {
    const options: SearchOptions = {};
    while (!this.at('AS')) {
      if (this.at('COMMENT')) options.comment = this.comment();
      else if (this.take('WAREHOUSE')) options.warehouse = this.given(() => this.anyName().text);
      else if (this.take('TARGET_LAG')) options.targetLag = this.given(() => this.stringLiteral());
      else throw this.refuse(`CREATE CORTEX SEARCH SERVICE … ${this.token.text}`);
    }
    return options;
  }

  private given(read: () => string): string {
    this.expect('=');
    return read();
  }
}
