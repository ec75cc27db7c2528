/** Calls to the door: one POST, one envelope. Knows no screen. */

export type FieldErrors = Readonly<Record<string, string>>;

interface Problem {
  code: string;
  message: string;
  hint?: string;
  fields?: FieldErrors;
}
type Envelope = { ok: true; value: unknown } | { ok: false; error: Problem };

/** What the door refused, in words for the person who asked. `fields` names what stood in which field. */
export class Refusal extends Error {
  readonly code: string;
  readonly hint: string;
  readonly fields: FieldErrors;

  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'Refusal';
    this.code = problem.code;
    this.hint = problem.hint ?? '';
    this.fields = problem.fields ?? {};
  }
}

const UNREACHABLE: Problem = {
  code: 'door.unreachable',
  message: 'Loopi does not answer.',
  hint: 'It was probably closed. Start it again and open the link it shows.',
};

/** Asks the door. Throws a Refusal, and nothing else. */
export async function call<T>(method: string, params: object = {}): Promise<T> {
  const envelope = await post(method, params);
  if (envelope.ok) return envelope.value as T;
  throw new Refusal(envelope.error);
}

async function post(method: string, params: object): Promise<Envelope> {
  try {
    const response = await fetch(`/api/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Loopi-Token': pageToken() },
      body: JSON.stringify(params),
      credentials: 'same-origin',
    });
    return (await response.json()) as Envelope;
  } catch {
    return { ok: false, error: UNREACHABLE };
  }
}

/** The door writes it into the page it serves: another site can send a form, but cannot read this. */
function pageToken(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="loopi-token"]')?.content ?? '';
}

/** Any thrown thing as a Refusal, so that a screen can always say what happened. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal({
    code: 'page.failed',
    message: 'The page stumbled over something it did not expect.',
    hint: 'Reload it. What was saved is safe.',
  });
}
