/** A step being dragged: where it would go, and the line that shows it. The keys do the same with Alt and the arrows. */
import { dropPlace } from '../model/drop';
import type { Place } from '../model/step';
import type { Editor } from './editor.svelte';

export interface DropLine {
  readonly top: number;
  readonly left: number;
  readonly width: number;
}

const BEGINS_PX = 6;
const EDGE_PX = 48;
const SCROLL_PX = 14;

export class Drag {
  id = $state<string>();
  line = $state.raw<DropLine>();
  #place: Place | undefined;
  #from: { id: string; x: number; y: number } | undefined;
  #scroll = 0;
  #frame = 0;

  constructor(
    private readonly editor: Editor,
    private readonly tree: () => HTMLElement | undefined,
  ) {}

  press(event: PointerEvent): void {
    const isMain = event.button === 0 && event.pointerType !== 'touch';
    const key = keyAt(event.target);
    if (isMain && key && this.editor.stepOf(key))
      this.#from = { id: key, x: event.clientX, y: event.clientY };
  }

  move(event: PointerEvent): void {
    if (!this.#from) return;
    const far = Math.hypot(event.clientX - this.#from.x, event.clientY - this.#from.y) > BEGINS_PX;
    if (this.id === undefined && !far) return;
    if (this.id === undefined) this.tree()?.setPointerCapture(event.pointerId);
    this.id = this.#from.id;
    this.#aim(event);
    this.#scrollAt(event.clientY);
  }

  /** True when a step was dragged, so that no click follows. */
  release(): boolean {
    const wasDragged = this.id !== undefined;
    if (this.id !== undefined && this.#place) this.editor.moveTo(this.id, this.#place);
    this.cancel();
    return wasDragged;
  }

  cancel(): void {
    cancelAnimationFrame(this.#frame);
    this.id = undefined;
    this.line = undefined;
    this.#place = undefined;
    this.#from = undefined;
    this.#scroll = 0;
    this.#frame = 0;
  }

  #aim(event: PointerEvent): void {
    const tree = this.tree();
    if (!tree) return;
    const around = tree.getBoundingClientRect();
    // In the gap beside a card the pointer still means its line.
    const x = Math.min(Math.max(event.clientX, around.left + 60), around.right - 4);
    const line = lineAt(x, event.clientY) ?? lineAt(x, event.clientY + 12) ?? lineAt(x, event.clientY - 12);
    const key = keyAt(line ?? null);
    if (!line || !key) return;
    const box = line.getBoundingClientRect();
    const isEmpty = !this.editor.stepOf(key);
    const isBelow = event.clientY > box.top + box.height / 2;
    this.#place = dropPlace(this.editor.rows, key, isBelow);
    const isInside = this.#place !== undefined && isBelow && this.#place.parentId === key;
    const indent = isInside ? 39 : 0;
    const y = isEmpty || isBelow ? box.bottom : box.top;
    this.line = {
      top: y - around.top - 4,
      left: box.left - around.left + indent,
      width: box.width - indent,
    };
  }

  #scrollAt(y: number): void {
    const pane = this.tree()?.closest<HTMLElement>('[data-scrolls]');
    if (!pane) return;
    const box = pane.getBoundingClientRect();
    const isUp = y < box.top + EDGE_PX;
    this.#scroll = isUp ? -SCROLL_PX : y > box.bottom - EDGE_PX ? SCROLL_PX : 0;
    if (this.#frame === 0 && this.#scroll !== 0) this.#step(pane);
  }

  #step(pane: HTMLElement): void {
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.id === undefined || this.#scroll === 0) return;
      pane.scrollTop += this.#scroll;
      this.#step(pane);
    });
  }
}

function lineAt(x: number, y: number): HTMLElement | undefined {
  return document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-key]') ?? undefined;
}

function keyAt(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-key]')?.dataset.key : undefined;
}
