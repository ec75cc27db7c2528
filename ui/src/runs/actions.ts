/** What is done to an element itself: sizes that follow from data (the page's policy allows no style attribute). */
import type { Attachment } from 'svelte/attachments';

export function height(px: number): Attachment<HTMLElement> {
  return (node) => {
    node.style.height = `${px}px`;
  };
}

/** Deeper ones stand further in. */
export function indent(depth: number): Attachment<HTMLElement> {
  return (node) => {
    node.style.paddingInlineStart = `${Math.min(depth, 8) * 24}px`;
  };
}

/** Calls when the element comes near the part that is seen. */
export function whenSeen(call: () => void): Attachment<HTMLElement> {
  return (node) => {
    const observer = new IntersectionObserver(
      (found) => {
        if (found.some(({ isIntersecting }) => isIntersecting)) call();
      },
      { rootMargin: '400px' },
    );
    observer.observe(node);
    return () => observer.disconnect();
  };
}
