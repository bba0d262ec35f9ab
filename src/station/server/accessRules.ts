import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

export type Refusal = { readonly status: 400 | 401 | 403; readonly because: string };

/**
 * Who may connect to the station. The Host check defeats DNS rebinding (a foreign name that resolves to 127.0.0.1 still
 * sends its own name), the Origin check defeats other pages in the same browser, the token everybody else.
 */
export function refusalOf(request: IncomingMessage, port: number, token: string): Refusal | undefined {
  const host = hostRefusal(request, port);
  if (host) return host;
  const { origin } = request.headers;
  // No Origin: not a browser (a test, a script). It still needs the token.
  if (origin !== undefined && !allowedHosts(port).some((allowed) => origin === `http://${allowed}`)) {
    return { status: 403, because: "wrong origin" };
  }
  const given = urlOf(request)?.searchParams.get("token") ?? "";
  return isSameSecret(given, token) ? undefined : { status: 401, because: "wrong token" };
}

/** Refuses a Host header that does not name this machine and port; undefined when it is allowed. */
export function hostRefusal(request: IncomingMessage, port: number): Refusal | undefined {
  const host = request.headers.host ?? "";
  return allowedHosts(port).includes(host) ? undefined : { status: 403, because: "wrong host" };
}

const allowedHosts = (port: number): readonly string[] => [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];

/** Compares in constant time, which does not reveal how many characters were right. */
function isSameSecret(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}

/** The requested URL; undefined for one that no browser sends. */
export function urlOf(request: IncomingMessage): URL | undefined {
  try {
    return new URL(request.url ?? "/", "http://localhost");
  } catch {
    return undefined;
  }
}
