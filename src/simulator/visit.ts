import type { Response } from "express";

const LONGEST_MS = 10_000;

export type Visited = { status: number; headers: { [name: string]: string }; body: Buffer };

/** Whatever the service serves there is shown as it is, and run nowhere. */
const HARMLESS = { "Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff" };

/**
 * Asks the service for what it has at an address of its own: from here its public origin may lead nowhere.
 *
 * @throws when the address is somebody else's, or the service does not answer
 */
export async function visitService(
  { publicUrl, listenUrl }: { publicUrl: string; listenUrl: string },
  url: string,
): Promise<Visited> {
  if (publicUrl === "" || !url.startsWith(`${publicUrl}/`)) throw new Error(`${url} is no address of the service`);
  const answer = await fetch(listenUrl + url.slice(publicUrl.length), {
    redirect: "error",
    signal: AbortSignal.timeout(LONGEST_MS),
  });
  const kept = ["content-type", "content-disposition"].flatMap((name): [string, string][] => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return { status: answer.status, headers: Object.fromEntries(kept), body: Buffer.from(await answer.arrayBuffer()) };
}

export async function showVisited(visiting: Promise<Visited>, res: Response): Promise<void> {
  const { status, headers, body } = await visiting;
  res.status(status).set({ ...headers, ...HARMLESS });
  res.send(body);
}
