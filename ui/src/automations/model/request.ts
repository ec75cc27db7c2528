/** The request of an `apiCall` as it will be sent, secrets as bullets, to be read before it is. Pure. */
import type { Json } from '../../lib/contract';
import { concealed } from './placeholder';
import type { Step } from './step';
import { pairsOf, shown } from './value';

/** What a credential shows openly, by the key of the field. */
type Open = Readonly<Record<string, string>>;

/** Lines of text, as HTTP writes them. */
export function previewOf(step: Step, open: Open = {}): string[] {
  const conceal = (text: string) => concealed(text, open);
  const url = conceal(shown(step.url));
  const query = pairsOf(step.query).map(([key, value]) => `${key}=${conceal(value)}`);
  const joined = query.length === 0 ? url : `${url}${url.includes('?') ? '&' : '?'}${query.join('&')}`;
  const headers = pairsOf(step.headers).map(([key, value]) => `${key}: ${hidden(key, conceal(value))}`);
  const body = bodyText(step.body, conceal);
  return [`${shown(step.method) || 'GET'} ${joined}`, ...headers, ...(body ? ['', ...body.split('\n')] : [])];
}

/** What was written into such a header by hand is shown no more than a saved secret. */
const SENSITIVE = /^(authorization|proxy-authorization|cookie|x-api-key)$/i;

function hidden(name: string, value: string): string {
  return SENSITIVE.test(name) && !value.includes('{{') ? '••••••••' : value;
}

function bodyText(body: Json | undefined, conceal: (text: string) => string): string {
  if (body === undefined || body === null) return '';
  if (typeof body !== 'object' || Array.isArray(body)) return conceal(shown(body));
  if (body.form !== undefined) {
    return pairsOf(body.form)
      .map(([key, value]) => `${key}=${conceal(value)}`)
      .join('&');
  }
  return conceal(shown(body.json ?? body.text));
}
