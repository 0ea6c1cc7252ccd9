/** Opens and closes dialogs as the page has drawn them: only this way the browser keeps the focus in them. */
export function syncDialogs(root: ParentNode): void {
  for (const dialog of root.querySelectorAll("dialog")) {
    const shouldBeOpen = dialog.dataset["open"] === "true";
    if (shouldBeOpen && !dialog.open) dialog.showModal();
    if (!shouldBeOpen && dialog.open) dialog.close();
    if (shouldBeOpen && isFront(dialog) && !dialog.contains(document.activeElement)) {
      dialog.querySelector<HTMLElement>("[autofocus], input, select, textarea, button")?.focus();
    }
  }
}

function isFront(dialog: HTMLDialogElement): boolean {
  return [...document.querySelectorAll("dialog[open]")].at(-1) === dialog;
}
