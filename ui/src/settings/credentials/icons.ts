/** The icons that the built-in types name. A type of the user's own may name any: it gets the key. */
import AtSign from '@lucide/svelte/icons/at-sign';
import Braces from '@lucide/svelte/icons/braces';
import KeyRound from '@lucide/svelte/icons/key-round';
import LogIn from '@lucide/svelte/icons/log-in';
import UserRound from '@lucide/svelte/icons/user-round';
import type { Component } from 'svelte';

const ICONS: Readonly<Record<string, Component>> = {
  'at-sign': AtSign,
  braces: Braces,
  'log-in': LogIn,
  'user-round': UserRound,
};

export function iconOf(name: string | undefined): Component {
  return ICONS[name ?? ''] ?? KeyRound;
}
