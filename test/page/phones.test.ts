import { expect, it } from "vitest";
import { MABEL, SOMEBODY, TOMMY } from "../../src/demo/cast.ts";
import { accessibilityProblems, describeInBrowser, NARROW, openPage } from "../support/browser.ts";
import { card, heard, join, openPhoneOf, phone, room, startDemo } from "./a-demo.ts";

describeInBrowser("the phones", () => {
  it("let somebody into the call with two clicks, and card and room say so", async () => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url);

    await phone(page).getByRole("button", { name: "Dial" }).click();
    await heard(page).getByText("Please enter the 6-digit code").waitFor();
    await demo.pass(8000);
    await phone(page)
      .getByRole("button", { name: /^Key in \d{6}$/ })
      .click();
    await heard(page).getByText("Thank you, Isabelle.").waitFor();
    await demo.pass(3000);

    await room(page).getByRole("row", { name: "Isabelle" }).waitFor();
    await card(page).getByText("On the call (1)").waitFor();
    expect(demo.sim.twilio.conferences().at(-1)?.participants).toHaveLength(1);
  });

  it("show a second caller in the same room, whom both can hear, until one hangs up", async () => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url);
    await join(page, demo, "Tommy");
    await phone(page).getByText("Waiting").waitFor();
    await join(page, demo, "Isabelle");

    await room(page).getByText("They can hear each other.").waitFor();
    await phone(page).getByText("On the call").waitFor();
    await phone(page).getByRole("button", { name: "Hang up" }).click();
    await room(page).getByRole("row", { name: "Isabelle" }).waitFor({ state: "detached" });
    await openPhoneOf(page, "Tommy");
    await demo.pass(4000);
    await heard(page).getByText("The last moderator has left.").waitFor();
    expect(demo.sim.twilio.conferences().at(-1)?.participants).toHaveLength(1);
  });

  it("are dialled and keyed with the keyboard alone", async () => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url);
    await page.getByRole("tab", { name: "Isabelle" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => page.getByRole("tab", { name: "Tommy" }).getAttribute("aria-selected")).toBe("true");
    await phone(page).getByRole("button", { name: "Dial" }).focus();
    await page.keyboard.press("Enter");
    await heard(page).getByText("Please enter the 6-digit code").waitFor();
    await demo.pass(8000);

    await phone(page).focus();
    await page.keyboard.type(demo.sim.twilio.phone(TOMMY.number).lastCode() ?? "");
    await heard(page).getByText("Thank you, Tommy.").waitFor();
  });

  it("press the keys of the keypad in their order, however fast", async () => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url);
    await openPhoneOf(page, "Mabel");
    await phone(page).getByRole("button", { name: "Dial" }).click();
    await heard(page).getByText("Please enter the 6-digit code").waitFor();
    await demo.pass(8000);
    const code = demo.sim.twilio.phone(MABEL.number).lastCode() ?? "";
    for (const digit of code) await phone(page).getByRole("button", { name: digit, exact: true }).click();

    await expect.poll(() => phone(page).getByLabel("Keys pressed").innerText()).toBe(code);
    await heard(page).getByText("Thank you, Mabel.").waitFor();
  });

  it("show another caller ID, and what the carrier says of it", async () => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url);
    await openPhoneOf(page, "Somebody");
    await phone(page).getByLabel("Caller ID").selectOption({ value: MABEL.number });
    await expect.poll(() => phone(page).getByLabel("The carrier").inputValue()).toBe("TN-Validation-Failed");
    await phone(page).getByRole("button", { name: "Dial" }).click();
    await heard(page).getByText("Please enter the 6-digit code").waitFor();

    expect(demo.sim.twilio.phone(SOMEBODY.number).texts()).toEqual([]);
    expect(demo.sim.twilio.calls().at(-1)).toMatchObject({ number: SOMEBODY.number, from: MABEL.number });
    await openPhoneOf(page, "Mabel");
    await phone(page).getByText("Your Confline verification code is").waitFor();
  });

  it("tell a caller who withholds the number that they are not known", async () => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url);
    await phone(page).getByLabel("Caller ID").selectOption("withheld");
    await expect.poll(() => phone(page).getByLabel("The carrier").inputValue()).toBe("");
    await phone(page).getByRole("button", { name: "Dial" }).click();
    await heard(page).getByText("I don't recognise the number").waitFor();
    await demo.pass(6000);

    await phone(page).getByText("Call over").waitFor();
  });

  it("ring when they are called, and are answered or declined", async () => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url);
    const call = (to: string) => {
      const authorization = `Basic ${Buffer.from(`AC${"0".repeat(32)}:simulated-auth-token`).toString("base64")}`;
      const body = new URLSearchParams({
        To: to,
        From: "+12025550190",
        Twiml: "<Response><Say>Hello.</Say></Response>",
      });
      const path = `/2010-04-01/Accounts/AC${"0".repeat(32)}/Calls.json`;
      return fetch(demo.sim.url + path, { method: "POST", headers: { authorization }, body });
    };
    await call(TOMMY.number);
    await page.setViewportSize(NARROW);
    await page.getByRole("button", { name: "Phones 1 ringing" }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: "Answer Tommy’s phone" }).click();
    await heard(page).getByText("Hello.").waitFor();

    await openPhoneOf(page, "Mabel");
    const keypadWidth = async () => (await phone(page).locator(".keypad").boundingBox())?.width;
    const idle = await keypadWidth();
    await call(MABEL.number);
    await phone(page).getByText("Ringing").waitFor();
    expect(await keypadWidth(), "of the phone that rings").toBe(idle);
    await page.getByRole("button", { name: "Decline on Mabel’s phone" }).click();
    await phone(page).getByText("Declined").waitFor();
    expect(demo.sim.twilio.calls().map(({ status }) => status)).toEqual(["in-progress", "busy"]);
  });

  it("are all there after a reload in the middle of a call", async () => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url);
    await join(page, demo, "Tommy");
    await page.reload();

    await heard(page).getByText("Thank you, Tommy.").waitFor();
    await phone(page).getByText("Waiting").waitFor();
    await room(page).getByRole("row", { name: "Tommy" }).waitFor();
    await phone(page).getByRole("button", { name: "Hang up" }).click();
    await phone(page).getByText("Call over").waitFor();
    expect(demo.sim.twilio.conferences().at(-1)).toMatchObject({ status: "completed" });
  });

  it("tell everything that the network noted down of a call", async () => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url);
    await join(page, demo, "Mabel");
    await phone(page).getByText("Timeline of the call").click();

    const timeline = phone(page).getByRole("list", { name: "Timeline" });
    await timeline.getByText(`dialled: ${MABEL.number}`).waitFor();
    await timeline.getByText("joined").waitFor();
    expect(await timeline.getByRole("listitem").count()).toBeGreaterThan(5);
  });

  it.each(["light", "dark"] as const)("are accessible in %s, wide and narrow, during a call", async (colorScheme) => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url, { colorScheme });
    await join(page, demo, "Tommy");
    await join(page, demo, "Isabelle");
    expect(await accessibilityProblems(page)).toEqual([]);

    await page.setViewportSize(NARROW);
    await page.getByRole("button", { name: "Phones" }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});
