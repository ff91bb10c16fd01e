import { withoutOutsideLinks } from '@snowflow/engine/agents/outside-links';

/** So often at most a text that grows is told. */
const EVERY_MS = 200;
/** Longer ones are read when they are there. */
const MOST_CHARACTERS = 50_000;

/** Gathers what an agent says and tells it as it grows, without the links that its answer may not have. */
export class Speaking {
  private place = '';
  private text = '';
  private toldAt = -EVERY_MS;

  constructor(
    private readonly linkHosts: readonly string[],
    private readonly tell: (text: string) => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** Gets a piece of the reply at a place; another place is another reply. */
  hear(piece: string, place: string): void {
    this.text = place === this.place ? this.text + piece : piece;
    this.place = place;
    if (this.text.length > MOST_CHARACTERS || this.now() - this.toldAt < EVERY_MS) return;
    this.toldAt = this.now();
    this.tell(String(withoutOutsideLinks(this.text, this.linkHosts).value));
  }
}
