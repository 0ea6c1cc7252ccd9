import { expect, it } from "vitest";
import { aWorld, OPS, PEOPLE } from "../support/confline.ts";
import { describeInBrowser, openPage } from "../support/browser.ts";

describeInBrowser("the page with the real service", () => {
  it("types commands and shows their answers", async () => {
    const world = await aWorld();
    await world.setUp();
    const page = await openPage(world.sim.url);
    const box = page.getByRole("combobox", { name: "Message #ops" });
    await page.getByLabel("You are").selectOption({ label: "Isabelle" });
    await box.fill("/conf who");
    await box.press("Enter");
    await page.getByText("Nobody is on the line of ops now.").first().waitFor();
    await box.fill("/conf add @celeste +12025550114");
    await box.press("Enter");
    await page
      .getByText(/Added celeste/)
      .first()
      .waitFor();
    await box.fill("/conf list");
    await box.press("Enter");
    await page.getByRole("heading", { name: "ops", level: 3 }).waitFor();
    expect(await page.locator(".message-ephemeral").last().innerText()).toContain("celeste · •••• 14");
  });

  it("clears a lock with Reset, after asking", async () => {
    const world = await aWorld();
    await world.setUp();
    for (let calls = 0; calls < 4; calls += 1) {
      const call = await world.sim.twilio.phone("+12025550166").dial({ from: PEOPLE.mabel.number });
      for (const wrong of ["000000", "000001", "000002"]) await call.press(wrong);
      await call.hangUp();
      await world.pass(10_000);
    }
    const page = await openPage(world.sim.url);
    await page.getByLabel("You are").selectOption({ label: "Isabelle" });
    await page.getByRole("button", { name: "Reset" }).first().click();
    await page.getByRole("alertdialog", { name: "Clear the lock?" }).getByRole("button", { name: "Reset" }).click();

    // The click arrives when the browser gets to it; the message is edited in the simulated seconds after that.
    await expect.poll(() => world.pass(1000).then(() => page.getByRole("button", { name: "Reset" }).count())).toBe(0);
    expect(await world.conf(PEOPLE.isabelle.id, "list", OPS)).not.toContain("locked");
  });
});
