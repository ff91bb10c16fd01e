import { QueryParser } from './query-parser';
import type { Creation, StatementTree, TagChange } from './statement-tree';

/** Tags: CREATE TAG, and what SET TAG and UNSET TAG name. */
export abstract class TagParser extends QueryParser {
  protected abstract comment(): string | undefined;

  /** What follows CREATE TAG. */
  protected createTag(creation: Creation): StatementTree {
    const name = this.qualifiedName();
    const allowed = this.take('ALLOWED_VALUES') ? this.commaSeparated(() => this.stringLiteral()) : [];
    this.comment();
    return { t: 'createTag', name, creation, allowed };
  }

  /** SET TAG or UNSET TAG with what follows; nothing is taken of another change. */
  protected tagChange(): TagChange | undefined {
    if (this.take('SET', 'TAG')) {
      return {
        set: this.commaSeparated(() => {
          const tag = this.qualifiedName();
          this.expect('=');
          return { tag, value: this.stringLiteral() };
        }),
        unset: [],
      };
    }
    if (!this.take('UNSET', 'TAG')) return undefined;
    return { set: [], unset: this.commaSeparated(() => this.qualifiedName()) };
  }
}
