/** The icons that the built-in types name. A type of the user's own may name any: it gets the key. */
import AtSign from '@lucide/svelte/icons/at-sign';
import BadgeCheck from '@lucide/svelte/icons/badge-check';
import Braces from '@lucide/svelte/icons/braces';
import Cloud from '@lucide/svelte/icons/cloud';
import Fingerprint from '@lucide/svelte/icons/fingerprint';
import KeyRound from '@lucide/svelte/icons/key-round';
import LogIn from '@lucide/svelte/icons/log-in';
import PenLine from '@lucide/svelte/icons/pen-line';
import UserRound from '@lucide/svelte/icons/user-round';
import type { Component } from 'svelte';

const ICONS: Readonly<Record<string, Component>> = {
  'at-sign': AtSign,
  'badge-check': BadgeCheck,
  braces: Braces,
  cloud: Cloud,
  fingerprint: Fingerprint,
  'log-in': LogIn,
  'pen-line': PenLine,
  'user-round': UserRound,
};

export function iconOf(name: string | undefined): Component {
  return ICONS[name ?? ''] ?? KeyRound;
}
