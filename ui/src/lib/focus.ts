/** Where the keys go when something closes. */

/** To what opened it; to the view's title when that is gone, as after deleting a row. */
export function giveFocusBack(opener: Element | null): void {
  const isThere = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
  const target = isThere ? opener : document.querySelector<HTMLElement>('[data-view-title]');
  target?.focus();
}
