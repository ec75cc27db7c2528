/** The filters of templates, asked for once. */
import { call } from '../../lib/api';
import type { Candidate } from '../model/candidates';

const state = $state<{ found: readonly Candidate[] }>({ found: [] });
let isAsked = false;

export function filters(): readonly Candidate[] {
  if (!isAsked) {
    isAsked = true;
    call('steps.filters').then(
      (found) => {
        state.found = found.map(({ name, about }) => ({ name, from: about }));
      },
      () => {
        isAsked = false;
      },
    );
  }
  return state.found;
}
