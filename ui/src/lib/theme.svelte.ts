/** Light, dark, or as the system has it. The choice is kept in the settings, and the page comes with it. */
import { call } from './api';
import type { Settings } from './contract';

export type Theme = Settings['theme'];
export const THEMES: ReadonlyArray<{ value: Theme; title: string }> = [
  { value: 'system', title: 'System' },
  { value: 'light', title: 'Light' },
  { value: 'dark', title: 'Dark' },
];

const state = $state<{ theme: Theme }>({ theme: 'system' });

export function currentTheme(): Theme {
  return state.theme;
}

export function showTheme(theme: Theme): void {
  state.theme = theme;
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
}

/** Shows it at once and keeps it. Throws a Refusal when it could not be kept. */
export async function chooseTheme(theme: Theme): Promise<void> {
  showTheme(theme);
  await call('settings.update', { theme });
}
