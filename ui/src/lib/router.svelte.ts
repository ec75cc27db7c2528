/** Where the page is: the part of the address behind `#`. The door serves one file for all of it. */

const state = $state({ path: read() });

function read(): string {
  return location.hash.replace(/^#/, '') || '/';
}

/** Call once. Back and forward of the browser work. */
export function followAddress(): () => void {
  const follow = () => {
    state.path = read();
  };
  window.addEventListener('hashchange', follow);
  return () => window.removeEventListener('hashchange', follow);
}

export function currentPath(): string {
  return state.path;
}

/** `/settings/vault` as `['settings', 'vault']`. */
export function segments(path: string = state.path): string[] {
  return path.split('/').filter(Boolean).map(decodeURIComponent);
}

export function href(...parts: string[]): string {
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}

export function go(...parts: string[]): void {
  location.hash = href(...parts);
}
