import { textArgument } from "./api-arguments.ts";
import { type ApiMethod, refuse } from "./api-method.ts";
import { page } from "./paging.ts";
import { userObject } from "./users.ts";

const info: ApiMethod["run"] = (workspace, args) => {
  const user = workspace.users.get(textArgument(args, "user"));
  return user ? { ok: true, user: userObject(workspace, user) } : refuse("user_not_found");
};

const list: ApiMethod["run"] = (workspace, args) => {
  const users = page([...workspace.users.values()], args, { otherwise: 1000, max: 1000 });
  if (!users) return refuse("invalid_cursor");
  return {
    ok: true,
    members: users.items.map((user) => userObject(workspace, user)),
    cache_ts: Math.floor(workspace.clock.now() / 1000),
    response_metadata: { next_cursor: users.nextCursor },
  };
};

const authTest: ApiMethod["run"] = (workspace) => ({
  ok: true,
  url: `https://${workspace.teamDomain}.slack.com/`,
  team: workspace.teamDomain,
  user: workspace.botName.toLowerCase(),
  team_id: workspace.teamId,
  user_id: workspace.botUserId,
  bot_id: workspace.botId,
  is_enterprise_install: false,
});

export const userMethods: ApiMethod[] = [
  { name: "auth.test", tier: "hundreds", scope: null, run: authTest },
  { name: "users.info", tier: "tier4", scope: "users:read", run: info },
  { name: "users.list", tier: "tier2", scope: "users:read", run: list },
];
