/** Steps that were copied or cut. They stay within the page: a step may name what others need not see. */
import { type Step, stepsIn, withBlock } from '../model/step';
import type { Editor } from './editor.svelte';

let held: { readonly step: Step; readonly automationId: string } | undefined;

export function copy(editor: Editor, id: string): void {
  const step = editor.stepOf(id);
  if (!step) return;
  held = { step, automationId: editor.document.id };
  editor.said = `${editor.titleOf(step)} copied.`;
}

export function cut(editor: Editor, id: string): void {
  const step = editor.stepOf(id);
  copy(editor, id);
  editor.remove(id);
  if (step) editor.said = `${editor.titleOf(step)} cut. Paste puts it elsewhere, Undo puts it back.`;
}

/** Below the line that has the focus. In another automation a step comes without what is private to it. */
export function paste(editor: Editor): void {
  if (!held) return;
  const isHome = held.automationId === editor.document.id;
  editor.paste(isHome ? held.step : withoutPrivate(held.step, editor));
}

function withoutPrivate(step: Step, editor: Editor): Step {
  const isKnown = step.credentialId === undefined || editor.keys.of(step) !== undefined;
  const { credentialId: _, ...rest } = step;
  const kept = (isKnown ? step : rest) as Step;
  return editor
    .blocks(step.type)
    .filter((block) => stepsIn(kept, block).length > 0)
    .reduce(
      (made, block) =>
        withBlock(
          made,
          block,
          stepsIn(made, block).map((each) => withoutPrivate(each, editor)),
        ),
      kept,
    );
}
