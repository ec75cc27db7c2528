/** Which parts of a long view have come near the eye: only those need to be made. What was seen once stays. */
import type { Attachment } from 'svelte/attachments';

/** So far above and below what is shown. */
const AROUND = '600px';

export class Seen {
  #keys = $state.raw<ReadonlySet<string>>(new Set());
  #observer: IntersectionObserver | undefined;

  /** `first` is what is in sight at the start: it is there from the first frame on. */
  constructor(first: Iterable<string>) {
    this.#keys = new Set(first);
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  /** For an element with a `data-key`, inside what scrolls. */
  readonly watch: Attachment<HTMLElement> = (node) => {
    this.#observer ??= new IntersectionObserver((entries) => this.#note(entries), {
      root: node.closest('[data-scrolls]'),
      rootMargin: AROUND,
    });
    const observer = this.#observer;
    observer.observe(node);
    return () => observer.unobserve(node);
  };

  #note(entries: readonly IntersectionObserverEntry[]): void {
    const near = entries.filter((entry) => entry.isIntersecting).map(({ target }) => target as HTMLElement);
    for (const node of near) this.#observer?.unobserve(node);
    if (near.length > 0) this.#keys = new Set([...this.#keys, ...near.map((node) => node.dataset.key ?? '')]);
  }
}
