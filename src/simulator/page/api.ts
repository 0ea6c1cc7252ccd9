import type { Outcome, Snapshot, SubmitOutcome } from "./wire.ts";

/** The control API: whatever the page does, it does here. Everything rejects with the simulator's own words. */
export type Api = {
  state(): Promise<Snapshot>;
  command(input: { userId: string; channelId: string; text: string; command: string }): Promise<Outcome>;
  say(input: { userId: string; channelId: string; text: string; threadTs?: string }): Promise<void>;
  click(input: Click): Promise<Outcome>;
  submit(input: { userId: string; viewId: string; values: { [id: string]: unknown } }): Promise<SubmitOutcome>;
  closeView(input: { userId: string; viewId: string }): Promise<void>;
  openHome(input: { userId: string }): Promise<void>;
  dismiss(input: { userId: string; channelId: string; ts: string }): Promise<void>;
  /** For what has no verb here: a path under /control, and what it takes. */
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: object): Promise<T>;
  remove(path: string): Promise<void>;
};

export type Click = {
  userId: string;
  actionId: string;
  channelId?: string;
  ts?: string;
  viewId?: string;
  blockId?: string;
  value?: unknown;
  /** What else was put into the view. */
  filled?: { [id: string]: unknown };
};

export function createApi(fetchIt: typeof fetch = fetch.bind(globalThis)): Api {
  async function request<T>(method: "GET" | "POST" | "DELETE", path: string, body?: object): Promise<T> {
    const headers = { "Content-Type": "application/json" };
    const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
    const response = await fetchIt(`/control${path}`, init).catch(() => null);
    if (response === null) throw new Error("The simulator does not answer. Is it still running?");
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(refusal(answer, response.status));
    // Its own server sent it: the types of what it sends are checked there.
    return answer as T;
  }
  const post = <T>(path: string, body: object = {}): Promise<T> => request<T>("POST", path, body);
  return {
    state: () => request<Snapshot>("GET", "/state"),
    command: (input) => post("/slack/command", input),
    say: (input) => post("/slack/say", input),
    click: (input) => post("/slack/click", input),
    submit: (input) => post("/slack/submit", input),
    closeView: (input) => post("/slack/close-view", input),
    openHome: (input) => post("/slack/open-home", input),
    dismiss: (input) => post("/slack/dismiss", input),
    get: (path) => request("GET", path),
    post,
    remove: (path) => request("DELETE", path),
  };
}

function refusal(answer: unknown, status: number): string {
  const said = typeof answer === "object" && answer !== null && "error" in answer ? answer.error : null;
  return typeof said === "string" ? said : `The simulator answered with status ${status}.`;
}
