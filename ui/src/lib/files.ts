/** Files in and out of the page, through the browser or the window. */
import { call } from './api';
import { session } from './session.svelte';

/** Saves `content` where the person or the browser's settings say. Without a place the person thought better of it. */
export async function saveFile(content: BlobPart, name: string, type: string): Promise<string | undefined> {
  if (session.info?.isWindow) {
    const file = await asBase64(new Blob([content]));
    return (await call('dialogs.saveFile', { fileName: name, content: file })).path;
  }
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
  return name;
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

export async function asBase64(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
