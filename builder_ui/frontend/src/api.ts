// The only fetcher: JSON in and out, problem documents as typed errors, the CSRF token, and the way to the login.

export type FieldError = { pointer: string; code: string; detail: string };

/** The server's answer was a refusal (RFC 9457); `body` is the whole problem document. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: FieldError[];
  readonly body: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    super(text(body['detail']) ?? text(body['title']) ?? `HTTP ${String(status)}`);
    this.status = status;
    this.code = text(body['code']) ?? `http_${String(status)}`;
    this.errors = fieldErrors(body['errors']);
    this.body = body;
  }
}

/** No answer came: no network, or the server is away. */
export class Unreachable extends Error {}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

let csrf: string | null = null;
let onSignedOut: () => void = () => undefined;

/** What to do when the session is over (401). */
export function whenSignedOut(then: () => void): void {
  onSignedOut = then;
}

export function keepToken(token: string | null): void {
  csrf = token;
}

export const api = {
  get: <T>(path: string, signal?: AbortSignal) => request<T>('GET', path, undefined, signal),
  post: <T>(path: string, body?: unknown) => request<T>('POST', path, body),
  put: <T>(path: string, body?: unknown) => request<T>('PUT', path, body),
  patch: <T>(path: string, body?: unknown) => request<T>('PATCH', path, body),
  delete: <T>(path: string) => request<T>('DELETE', path),
};

async function request<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const token = method === 'GET' ? null : (csrf ?? (await newToken()));
  try {
    return await send<T>(method, path, body, token, signal);
  } catch (error) {
    // The token belongs to the session: another tab may have signed in anew.
    if (!(error instanceof Refused) || error.code !== 'csrf' || token === null) throw error;
    return await send<T>(method, path, body, await newToken(), signal);
  }
}

/** Send a file as it is; `told` hears which share of it is on the way. Aborted, it rejects with an AbortError. */
export async function upload<T>(path: string, file: Blob, told: (share: number) => void, signal: AbortSignal): Promise<T> {
  try {
    return await sendFile<T>(path, file, csrf ?? (await newToken()), told, signal);
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'csrf') throw error;
    return await sendFile<T>(path, file, await newToken(), told, signal);
  }
}

/** By XMLHttpRequest: fetch says nothing of what has been sent so far. */
async function sendFile<T>(path: string, file: Blob, token: string, told: (share: number) => void, signal: AbortSignal): Promise<T> {
  const call = new XMLHttpRequest();
  await new Promise<void>((resolve, reject) => {
    const aborted = () => reject(new DOMException('aborted', 'AbortError'));
    if (signal.aborted) return aborted();
    signal.addEventListener('abort', () => call.abort(), { once: true });
    call.upload.onprogress = ({ loaded, total }) => told(total === 0 ? 0 : loaded / total);
    call.onload = () => resolve();
    call.onerror = () => reject(new Unreachable('no answer'));
    call.onabort = aborted;
    call.open('POST', `/api/v1${path}`);
    call.setRequestHeader('Accept', 'application/json');
    call.setRequestHeader('Content-Type', 'application/octet-stream');
    call.setRequestHeader('X-CSRF-Token', token);
    call.send(file);
  });
  if (call.status >= 200 && call.status < 300) return JSON.parse(call.responseText);
  if (call.status === 401) onSignedOut();
  if (call.status >= 502 && call.status <= 504) throw new Unreachable(`HTTP ${String(call.status)}`);
  throw new Refused(call.status, read(call.responseText));
}

async function newToken(): Promise<string> {
  const { token } = await send<{ token: string }>('GET', '/csrf', undefined, null);
  csrf = token;
  return token;
}

async function send<T>(
  method: Method,
  path: string,
  body: unknown,
  token: string | null,
  signal?: AbortSignal,
): Promise<T> {
  const headers = new Headers({ Accept: 'application/json' });
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  if (token !== null) headers.set('X-CSRF-Token', token);
  const init: RequestInit = { method, headers, credentials: 'same-origin', signal: signal ?? null };
  if (body !== undefined) init.body = JSON.stringify(body);
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Unreachable(String(error));
  }
  if (response.ok) return response.status === 204 ? JSON.parse('null') : await response.json();
  const refused = new Refused(response.status, await problem(response));
  if (response.status === 401 && path !== '/session') onSignedOut();
  // A proxy that finds no server answers 502 to 504: that is no answer of ours.
  if (response.status >= 502 && response.status <= 504) throw new Unreachable(refused.message);
  throw refused;
}

async function problem(response: Response): Promise<Record<string, unknown>> {
  return read(await response.text().catch(() => ''));
}

function read(answer: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(answer);
    return isRecord(body) ? body : {};
  } catch {
    return {};
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function fieldErrors(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((each) => ({
    pointer: text(each['pointer']) ?? '',
    code: text(each['code']) ?? '',
    detail: text(each['detail']) ?? '',
  }));
}
