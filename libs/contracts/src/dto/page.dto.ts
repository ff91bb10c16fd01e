import { Text, Whole } from './fields';

export const MAX_PAGE_SIZE = 200;

/** What every list takes. A cursor is opaque: it comes from the page before. */
export class PageQuery {
  @Whole({ optional: true, min: 1, max: MAX_PAGE_SIZE, default: 50 })
  limit?: number;

  @Text({ optional: true, max: 2000 })
  cursor?: string;
}

/** What every list answers. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}
