import { createServer, type Server } from "node:http";
import { listen } from "./processes.ts";

/**
 * Slack and Twilio as far as this benchmark needs them: every message is taken, every call goes on.
 *
 * @param takesMs how long each answer takes
 */
export async function startStandIn(takesMs = 0): Promise<{ url: string; server: Server }> {
  let answered = 0;
  const server = createServer((req, res) => {
    req.resume();
    answered += 1;
    const isSlack = req.url?.startsWith("/slack/") === true;
    const ts = `1795435200.${String(answered).padStart(6, "0")}`;
    const answer = isSlack ? { ok: true, ts, team_id: "T0BENCH", messages: [] } : { status: "in-progress" };
    const send = () => void res.setHeader("content-type", "application/json").end(JSON.stringify(answer));
    if (takesMs > 0) setTimeout(send, takesMs);
    else send();
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, server };
}
