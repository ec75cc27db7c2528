/** What the dialog of one credential holds: what was entered, what is wrong, and how it is saved. */
import {
  changesOf,
  type Draft,
  isChanged,
  openFieldsOf,
  type Pair,
  startDraft,
  startPairs,
  takeOver,
  takeOverPairs,
  valuesOf,
} from '../../forms/draft';
import { allFieldsOf, fieldsOf, type ListSpec, listOf } from '../../forms/schema';
import { type Problems, pairProblems, problemsOf } from '../../forms/validate';
import { asRefusal, call, type Refusal } from '../../lib/api';
import type { CredentialSaved, CredentialType, Entry, Owner } from '../../lib/contract';

export class CredentialForm {
  /** None is chosen yet. */
  readonly type: CredentialType | undefined;
  readonly owner: Owner | undefined;
  readonly list: ListSpec | undefined;
  entry = $state.raw<Entry>();
  name = $state('');
  hosts = $state('');
  draft = $state<Draft>({});
  pairs = $state<Pair[]>([]);
  problems = $state<Problems>({});
  ownProblems = $state<Record<number, string>>({});
  refusal = $state<Refusal>();
  isBusy = $state(false);
  readonly fields = $derived.by(() => fieldsOf(this.#schema, this.#values()));
  readonly isDirty = $derived.by(() => this.#isDirty());

  constructor(type: CredentialType | undefined, entry?: Entry, owner?: Owner) {
    this.type = type;
    this.entry = entry;
    this.owner = owner;
    const all = allFieldsOf(this.#schema);
    const states = entry?.fields ?? {};
    this.list = listOf(this.#schema);
    this.name = this.#name();
    this.hosts = (entry?.allowedHosts ?? []).join('\n');
    this.draft = startDraft(all, states);
    const known = all.map((field) => field.key);
    if (this.list) this.pairs = startPairs(known, states);
  }

  /** The form for another type: the name and the hosts stay. */
  withType(type: CredentialType): CredentialForm {
    const other = new CredentialForm(type, undefined, this.owner);
    other.name = this.name;
    other.hosts = this.hosts;
    return other;
  }

  /** Goes on from what is stored now. What was entered here stays, and is saved next time. */
  goOnFrom(entry: Entry): void {
    const fresh = new CredentialForm(this.type, entry);
    if (this.name === this.entry?.name) this.name = fresh.name;
    if (this.hosts === (this.entry?.allowedHosts ?? []).join('\n')) this.hosts = fresh.hosts;
    this.draft = takeOver(fresh.draft, this.draft);
    this.pairs = takeOverPairs(fresh.pairs, this.pairs);
    this.entry = entry;
    this.refusal = undefined;
  }

  /** Saves when nothing is wrong. Otherwise says what is, and returns nothing. */
  async save(): Promise<CredentialSaved | undefined> {
    this.refusal = undefined;
    this.problems = {
      ...(this.name.trim() === '' ? { name: 'Enter a name.' } : {}),
      ...(this.type ? {} : { type: 'Choose a type.' }),
      ...problemsOf(this.fields, this.draft),
    };
    this.ownProblems = pairProblems(this.pairs);
    if (Object.keys(this.problems).length + Object.keys(this.ownProblems).length > 0) return undefined;
    this.isBusy = true;
    try {
      return await (this.entry ? this.#update(this.entry) : this.#create());
    } catch (error) {
      this.#refuse(asRefusal(error));
      return undefined;
    } finally {
      this.isBusy = false;
    }
  }

  #create(): Promise<CredentialSaved> {
    return call('credentials.create', {
      type: this.type?.id ?? '',
      name: this.name,
      fields: valuesOf(this.fields, this.draft, this.pairs),
      openFields: openFieldsOf(this.pairs),
      allowedHosts: this.#allowedHosts(),
      ...(this.owner ? { owner: this.owner } : {}),
    });
  }

  #update(entry: Entry): Promise<CredentialSaved> {
    return call('credentials.update', {
      id: entry.id,
      version: entry.version,
      name: this.name,
      changes: changesOf(this.fields, this.draft, this.pairs),
      allowedHosts: this.#allowedHosts(),
      ...(this.list ? { openFields: openFieldsOf(this.pairs) } : {}),
    });
  }

  /** What the program found goes beside its field; what belongs to none goes above the form. */
  #refuse(refusal: Refusal): void {
    const places = new Set(['name', 'allowedHosts', ...this.fields.map((field) => field.key)]);
    const left = Object.entries(refusal.fields).filter(([key, problem]) => {
      const pair = this.pairs.find((each) => each.key.trim() === key);
      if (pair) this.ownProblems[pair.id] = problem;
      if (places.has(key)) this.problems[key] = problem;
      return !pair && !places.has(key);
    });
    if (refusal.code === 'credential.name_taken') this.problems.name = `${refusal.message} ${refusal.hint}`;
    else if (left.length > 0 || Object.keys(refusal.fields).length === 0) this.refusal = refusal;
  }

  /** As it was when the dialog opened. What is private to a step is named after it. */
  #name(): string {
    return this.entry?.name ?? (this.owner ? `Keys of the step ${this.owner.stepId}` : '');
  }

  get #schema(): CredentialType['schema'] {
    return this.type?.schema ?? {};
  }

  #allowedHosts(): string[] {
    return this.hosts.split(/[\s,]+/).filter(Boolean);
  }

  #values(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.draft).map(([key, field]) => [key, field.text]));
  }

  #isDirty(): boolean {
    const ownChanged = this.pairs.some(
      (pair) => pair.isRemoved || isChanged(pair.entered) || pair.key === '',
    );
    const secrecyChanged = this.pairs.some((pair) => pair.isSecret !== pair.wasSecret);
    return (
      this.name !== this.#name() ||
      this.hosts !== (this.entry?.allowedHosts ?? []).join('\n') ||
      ownChanged ||
      secrecyChanged ||
      Object.values(this.draft).some((field) => field.isCleared || (isChanged(field) && field.text !== ''))
    );
  }
}
