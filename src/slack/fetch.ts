import { type Agent, type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

export type Agents = { http: Agent; https: Agent };

/** As much of `fetch` as Slack's client needs, over connections of our own: those of Node's cannot be watched. */
export function fetchOver(agents: Agents): typeof fetch {
  return (input, init = {}) =>
    new Promise((resolve, reject) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const isSecure = url.protocol === "https:";
      const request = (isSecure ? requestHttps : requestHttp)(url, {
        method: init.method ?? "GET",
        headers: Object.fromEntries(new Headers(init.headers)),
        agent: isSecure ? agents.https : agents.http,
        ...(init.signal ? { signal: init.signal } : {}),
      });
      const fail = (error: unknown) => reject(new TypeError("fetch failed", { cause: error }));
      request.on("error", fail);
      request.on("response", (response) => void readAll(response).then(resolve, fail));
      request.end(typeof init.body === "string" ? init.body : undefined);
    });
}

async function readAll(message: IncomingMessage): Promise<Response> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of message) chunks.push(chunk as Uint8Array);
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  return new Response(Buffer.concat(chunks), {
    status: message.statusCode ?? 500,
    statusText: message.statusMessage ?? "",
    headers,
  });
}
