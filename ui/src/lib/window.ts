/** What the page tells the window that it is in: title, view, colours. A browser shows these by itself. */
import { call } from './api';

/** Tells now and at each change. Returns how to stop. */
export function tellWindow(): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let told = '';
  const tell = () => {
    const { theme } = document.documentElement.dataset;
    const isDark = theme ? theme === 'dark' : dark.matches;
    const shown = { title: document.title, view: location.hash.slice(1), isDark };
    const text = JSON.stringify(shown);
    if (text === told) return;
    told = text;
    call('window.follow', shown).catch(() => {
      told = '';
    });
  };
  const watcher = new MutationObserver(tell);
  watcher.observe(document.head, { childList: true, subtree: true, characterData: true });
  watcher.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  dark.addEventListener('change', tell);
  window.addEventListener('hashchange', tell);
  tell();
  return () => {
    watcher.disconnect();
    dark.removeEventListener('change', tell);
    window.removeEventListener('hashchange', tell);
  };
}
