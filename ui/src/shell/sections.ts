/** The views by their address. Each is loaded when it is first shown; what is not built is not offered. */
import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import History from '@lucide/svelte/icons/history';
import KeyRound from '@lucide/svelte/icons/key-round';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal';
import Zap from '@lucide/svelte/icons/zap';
import type { Component } from 'svelte';

/** A view gets what stands behind its address: `/automations/abc` gives `['abc']`. */
export type View = Component<{ rest: string[] }>;

export interface Section {
  path: readonly string[];
  title: string;
  group: '' | 'Settings';
  icon: Component;
  /** The second key after `g`. */
  key: string;
  keywords: string;
  load: () => Promise<{ default: View }>;
}

/** A view that has nothing behind its address. */
function plain(load: () => Promise<{ default: Component<Record<string, never>> }>): Section['load'] {
  return load as unknown as Section['load'];
}

const LATER = import.meta.glob<{ default: View }>(['../automations/Page.svelte', '../runs/Page.svelte']);
const automations = LATER['../automations/Page.svelte'];
const runs = LATER['../runs/Page.svelte'];

export const SECTIONS: readonly Section[] = [
  ...(automations
    ? [
        {
          path: ['automations'],
          title: 'Automations',
          group: '' as const,
          icon: Zap,
          key: 'a',
          keywords: 'workflow',
          load: automations,
        },
      ]
    : []),
  {
    path: ['schedules'],
    title: 'Schedules',
    group: '',
    icon: CalendarClock,
    key: 't',
    keywords: 'cron timer trigger',
    load: () => import('../schedules/Page.svelte'),
  },
  ...(runs
    ? [
        {
          path: ['history'],
          title: 'History',
          group: '' as const,
          icon: History,
          key: 'h',
          keywords: 'runs',
          load: runs,
        },
      ]
    : []),
  {
    path: ['settings', 'credentials'],
    title: 'Credentials',
    group: 'Settings',
    icon: KeyRound,
    key: 'c',
    keywords: 'settings credential',
    load: () => import('../settings/credentials/Page.svelte'),
  },
  {
    path: ['settings', 'vault'],
    title: 'Vault',
    group: 'Settings',
    icon: ShieldCheck,
    key: 'v',
    keywords: 'settings passphrase',
    load: () => import('../settings/vault/Page.svelte'),
  },
  {
    path: ['settings', 'general'],
    title: 'General',
    group: 'Settings',
    icon: SlidersHorizontal,
    key: 's',
    keywords: 'settings theme proxy',
    load: plain(() => import('../settings/general/Page.svelte')),
  },
];

/** The section an address belongs to, and what stands behind it; the first section for an unknown one. */
export function sectionAt(parts: readonly string[]): { section: Section; rest: string[] } {
  const section =
    SECTIONS.find(({ path }) => path.every((part, place) => parts[place] === part)) ??
    SECTIONS.find(({ path }) => parts.length > 0 && path[0] === parts[0]) ??
    (SECTIONS[0] as Section);
  return { section, rest: parts.slice(section.path.length) };
}
