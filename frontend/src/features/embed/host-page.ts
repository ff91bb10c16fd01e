import { isParent } from '@snowflow/contracts/embed/parent-origin';
import { parseHostMessage, type FrameMessage, type HostMessage } from './host-message';

/** A window as far as talking to its parent needs it. */
export interface FrameWindow {
  parent: Pick<Window, 'postMessage'>;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/**
 * The page that shows this frame. It hears nothing before its origin is known to be allowed, and from another window or origin nothing
 * is heard. `parents`: what the tenant allows, narrowed by a token to what that token allows.
 */
export class HostPage {
  private parents: readonly string[];
  private origin: string | undefined;

  constructor(
    private readonly frame: FrameWindow,
    parents: readonly string[],
    /** As the browser tells it; undefined where it does not. */
    told: string | undefined,
  ) {
    this.parents = parents;
    this.origin = told;
  }

  /** Where the browser did not say who the host is, the frame's policy has let through only whom the tenant allows. */
  get isAllowed(): boolean {
    return this.origin === undefined || isParent(this.parents, this.origin);
  }

  narrow(parents: readonly string[]): void {
    this.parents = parents;
  }

  tell(message: FrameMessage): void {
    if (this.origin !== undefined) {
      if (this.isAllowed) this.frame.parent.postMessage(message, this.origin);
      return;
    }
    // That it is ready is no secret, and only windows of these origins get it.
    if (message.type !== 'snowflow:ready') return;
    for (const parent of this.parents.filter((one) => !one.includes('*'))) {
      this.frame.parent.postMessage(message, parent);
    }
  }

  /** Answers how to stop listening. */
  listen(hear: (message: HostMessage) => void): () => void {
    const onMessage = ({ source, origin, data }: MessageEvent) => {
      if (source !== this.frame.parent || !isParent(this.parents, origin)) return;
      if (this.origin !== undefined && this.origin !== origin) return;
      const message = parseHostMessage(data);
      if (!message) return;
      this.origin = origin;
      hear(message);
    };
    this.frame.addEventListener('message', onMessage);
    return () => this.frame.removeEventListener('message', onMessage);
  }
}

/** The origin of the page around this one, where the browser tells it. */
export function toldHostOrigin(): string | undefined {
  const [nearest] = Array.from(window.location.ancestorOrigins ?? []);
  if (nearest !== undefined) return nearest;
  return URL.canParse(document.referrer) ? new URL(document.referrer).origin : undefined;
}

/** The origins that the gateway served this page for. */
export function servedParents(): string[] {
  const content = document.querySelector<HTMLMetaElement>('meta[name="embed-parents"]')?.content ?? '';
  return content.split(' ').filter((origin) => origin !== '');
}
