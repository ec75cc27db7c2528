/** Of which automation the values are that are shown: told by the step they belong to, asked where one is used. */
import { getContext, setContext } from 'svelte';

type Origin = () => string;
const KEY = Symbol('origin');

/** `automationId` is asked when it is needed. */
export function tellOrigin(automationId: Origin): void {
  setContext(KEY, automationId);
}

export function askOrigin(): Origin {
  return getContext<Origin | undefined>(KEY) ?? (() => '');
}
