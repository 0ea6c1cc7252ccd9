import { html, nothing, type TemplateResult } from "lit-html";
import { isObject, type JsonObject, objectsIn, stringOr } from "../../slack/json.ts";
import { icon } from "../icons.ts";
import { placePopover } from "../popover.ts";
import { actionIdOf, type BlockContext, type Placed, showText, wordsOf } from "./context.ts";

export function button(placed: Placed, context: BlockContext): TemplateResult {
  const { element } = placed;
  const style = element["style"] === "primary" || element["style"] === "danger" ? element["style"] : "plain";
  const label = stringOr(element["accessibility_label"], "");
  const content = showText(element["text"], context.reader);
  const url = stringOr(element["url"], "");
  const press = (): void => use(placed, context, element["value"]);
  if (/^https?:\/\//i.test(url)) {
    return html`<a
      class="button button-${style}"
      href=${url}
      target="_blank"
      rel="noopener noreferrer"
      aria-label=${label || nothing}
      @click=${press}
      >${content}</a
    >`;
  }
  return html`<button type="button" class="button button-${style}" aria-label=${label || nothing} @click=${press}>
    ${content}
  </button>`;
}

function use(placed: Placed, context: BlockContext, value: unknown): void {
  const confirm = placed.element["confirm"];
  context.use({
    blockId: placed.blockId,
    actionId: actionIdOf(placed),
    value,
    confirm: isObject(confirm) ? confirm : null,
    undo: () => undefined,
  });
}

/** Three dots with a menu, which the browser shows on top of everything and closes with Escape. */
export function overflow(placed: Placed, context: BlockContext): TemplateResult {
  const menuId = `${placed.id}-menu`;
  return html`<button
      type="button"
      class="button button-plain button-icon"
      id=${placed.id}
      aria-label="More actions"
      aria-haspopup="menu"
      popovertarget=${menuId}
    >
      ${icon("more")}
    </button>
    <div
      class="menu"
      popover="auto"
      id=${menuId}
      role="menu"
      aria-labelledby=${placed.id}
      @toggle=${(event: ToggleEvent) => opened(event, placed.id)}
      @keydown=${moveInMenu}
    >
      ${objectsIn(placed.element["options"]).map((option) => menuItem(option, placed, context))}
    </div>`;
}

function menuItem(option: JsonObject, placed: Placed, context: BlockContext): TemplateResult {
  const url = stringOr(option["url"], "");
  const pick = (event: Event): void => {
    menuOf(event)?.hidePopover();
    if (/^https?:\/\//i.test(url)) window.open(url, "_blank", "noopener,noreferrer");
    use(placed, context, option["value"]);
  };
  return html`<button type="button" role="menuitem" tabindex="-1" @click=${pick}>
    ${wordsOf(option["text"])}
    ${option["description"] ? html`<small>${wordsOf(option["description"])}</small>` : nothing}
  </button>`;
}

function menuOf(event: Event): HTMLElement | null {
  return event.currentTarget instanceof Element ? event.currentTarget.closest<HTMLElement>("[popover]") : null;
}

function opened(event: ToggleEvent, openerId: string): void {
  placePopover(event, openerId)?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
}

function moveInMenu(event: KeyboardEvent): void {
  const menu = menuOf(event);
  if (!menu) return;
  const items = [...menu.querySelectorAll<HTMLElement>("[role=menuitem]")];
  const at = items.findIndex((item) => item === document.activeElement);
  const steps: { [key: string]: number } = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
  const next = steps[event.key];
  if (event.key === "Tab") menu.hidePopover();
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}
