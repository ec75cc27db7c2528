/** Calls to the door: one POST, one envelope. Knows no screen. */
import type { Envelope, Failure, Methods, Session } from './contract';
import { shown, withShownNames } from './shown';

export type Method = keyof Methods;
export type Result<M extends Method> = Methods[M]['result'];
type Params<M extends Method> = Methods[M]['params'];

/** What the door refused, in words for the person who asked. `fields` says what is wrong in which field. */
export class Refusal extends Error {
  readonly code: string;
  readonly hint: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly problems: NonNullable<Failure['problems']>;

  constructor(failure: Failure) {
    super(shown(failure.message));
    this.name = 'Refusal';
    this.code = failure.code;
    this.hint = shown(failure.hint);
    this.fields = failure.fields ?? {};
    this.problems = failure.problems ?? [];
  }
}

const UNREACHABLE: Failure = {
  code: 'page.unreachable',
  message: 'Loopi does not answer.',
  hint: 'It was probably closed. Start it again and open the link it shows.',
};
const UNEXPECTED: Failure = {
  code: 'page.unexpected',
  message: 'The page met something it did not expect.',
  hint: 'Reload it. What was saved is safe.',
};

let session: Promise<string> | undefined;
const watchers = new Set<(refusal: Refusal) => void>();

/** Asks the door. Throws a Refusal, and nothing else. */
export async function call<M extends Method>(
  method: M,
  ...[params]: Record<string, never> extends Params<M> ? [params?: Params<M>] : [params: Params<M>]
): Promise<Result<M>> {
  const envelope = await post<Result<M>>(method, params ?? {});
  if (envelope.ok) return withShownNames(method, envelope.value);
  const refusal = new Refusal(envelope.error);
  for (const watch of watchers) watch(refusal);
  throw refusal;
}

/** Hears of every refusal, whoever asked: a locked vault and a lost door concern the whole page. */
export function onRefusal(watch: (refusal: Refusal) => void): () => void {
  watchers.add(watch);
  return () => watchers.delete(watch);
}

/** Any thrown thing as a Refusal, so that a screen can always say what happened. */
export function asRefusal(error: unknown): Refusal {
  return error instanceof Refusal ? error : new Refusal(UNEXPECTED);
}

async function post<T>(method: string, params: object): Promise<Envelope<T>> {
  try {
    session ??= token();
    const response = await fetch(`/api/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Loopi': await session },
      body: JSON.stringify(params),
    });
    return (await response.json()) as Envelope<T>;
  } catch {
    session = undefined;
    return { ok: false, error: UNREACHABLE };
  }
}

/** Another site could make the browser send a request, but cannot read this. */
async function token(): Promise<string> {
  const response = await fetch('/api/session');
  const found = (await response.json()) as Session | Envelope<Session>;
  if ('token' in found) return found.token;
  return found.ok ? found.value.token : '';
}
