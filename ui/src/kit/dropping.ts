/** A file that is dragged onto a place. */
import type { Attachment } from 'svelte/attachments';

interface Wish {
  ondrop: (file: File) => void;
  /** Told when a file hangs above the place, and when it does no longer. */
  onhover: (isAbove: boolean) => void;
}

/** Takes one file. What is dragged and is no file is left to the browser. */
export function dropping({ ondrop, onhover }: Wish): Attachment<HTMLElement> {
  return (node) => {
    let depth = 0;
    const carries = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const move = (by: number) => {
      depth = Math.max(0, depth + by);
      onhover(depth > 0);
    };
    const handlers: Record<string, (event: DragEvent) => void> = {
      dragenter: () => move(1),
      dragleave: () => move(-1),
      dragover: (event) => event.preventDefault(),
      drop: (event) => {
        event.preventDefault();
        depth = 0;
        onhover(false);
        const file = event.dataTransfer?.files[0];
        if (file) ondrop(file);
      },
    };
    const heard = Object.entries(handlers).map(([kind, handle]) => {
      const listen = (event: Event) => {
        if (carries(event as DragEvent)) handle(event as DragEvent);
      };
      node.addEventListener(kind, listen);
      return () => node.removeEventListener(kind, listen);
    });
    return () => {
      for (const stop of heard) stop();
    };
  };
}
