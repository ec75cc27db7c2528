/** A step in curl's notation, on the clipboard. */
import { call } from '../../lib/api';
import { tell, tellFailure } from '../../lib/toasts.svelte';
import type { Editor } from './editor.svelte';

/** As it is saved: what was just typed is saved first. Names such as `$API_KEY` stand for its secrets. */
export async function copyAsCurl(editor: Editor, stepId: string): Promise<void> {
  if (!(await editor.saver.save())) return;
  try {
    const { text, notes } = await call('automations.curl', { id: editor.document.id, stepId });
    await navigator.clipboard.writeText(text);
    tell(['Copied as a curl command, without its secrets.', ...notes].join(' '));
  } catch (error) {
    if (error instanceof DOMException) tell('The browser did not allow copying.', undefined, 'failed');
    else tellFailure(error);
  }
}
