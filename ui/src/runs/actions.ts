/** Sizes that follow from data. Set on the element itself: the page's policy allows no style attribute. */
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
