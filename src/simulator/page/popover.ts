/**
 * Puts something that the browser shows on top of everything beside what opened it; from there on Escape and a click
 * elsewhere close it.
 *
 * @returns it, once it is open
 */
export function placePopover(
  event: ToggleEvent,
  openerId: string,
  align: "start" | "end" = "start",
): HTMLElement | null {
  const popover = event.currentTarget;
  const opener = document.getElementById(openerId);
  if (event.newState !== "open" || !(popover instanceof HTMLElement) || !opener) return null;
  const at = opener.getBoundingClientRect();
  const isBelow = at.bottom + popover.offsetHeight + 8 < window.innerHeight;
  popover.style.top = `${isBelow ? at.bottom + 4 : Math.max(4, at.top - popover.offsetHeight - 4)}px`;
  const left = align === "start" ? at.left : at.right - popover.offsetWidth;
  popover.style.left = `${Math.max(4, Math.min(left, window.innerWidth - popover.offsetWidth - 4))}px`;
  return popover;
}
