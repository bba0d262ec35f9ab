/**
 * What can be done, as records: one table feeds buttons, keys, the help sheet and tests. A workspace hands its table
 * to `useActionKeys` while it is on screen.
 */
import { useEffect } from "react";
import { Latest } from "../bridge/latest.js";

export type Enabled = true | { readonly because: string };

export type Action = {
  readonly id: string;
  /** Dictionary key. */
  readonly labelKey: string;
  /** "Space", "R", "Delete", "Ctrl+Z", "Ctrl+Shift+Z". Dangerous actions have none: they are held, not pressed. */
  readonly shortcut: string | undefined;
  /** `because` is words for the person, already translated. */
  readonly isEnabled: () => Enabled;
  readonly perform: () => void;
  /** Holding the key down repeats it: stepping, never commanding. */
  readonly isRepeated?: boolean;
};

/** Tables in force, the newest last; it is asked first. */
export const actionTables = new Latest<readonly (readonly Action[])[]>([]);

/** Puts a table in force for the life of the component. Make it once (`useMemo`); let its functions read `Latest`s. */
export function useActionKeys(actions: readonly Action[]): void {
  useEffect(() => {
    actionTables.set([...actionTables.get(), actions]);
    return () => actionTables.set(actionTables.get().filter((table) => table !== actions));
  }, [actions]);
}

/** "Ctrl+Shift+Z" for a key press; letters in upper case, the space bar by name. Cmd counts as Ctrl. */
export function shortcutOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">): string {
  const name = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const isLetter = /^[A-Z]$/.test(name);
  return [
    event.ctrlKey || event.metaKey ? "Ctrl" : "",
    event.altKey ? "Alt" : "",
    // Shift is part of typing "?" and "!", but a choice with letters and named keys.
    event.shiftKey && (isLetter || name.length > 1) ? "Shift" : "",
    name,
  ]
    .filter((part) => part !== "")
    .join("+");
}

const isEditable = (element: Element): boolean =>
  element.matches("input:not([type=range]), textarea, select, [contenteditable=true]");
/** Keys that a focused control needs for itself. */
const OWN_KEYS = new Set(["Space", "Enter", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]);
const hasOwnUse = (element: Element, shortcut: string): boolean =>
  isEditable(element) || (OWN_KEYS.has(shortcut) && element.matches("button, a, input, [role=slider], [role=tab]"));

/** The action a key press means here, whether enabled or not. */
export function actionFor(
  tables: readonly (readonly Action[])[],
  shortcut: string,
  focused: Element | null,
): Action | undefined {
  if (focused && hasOwnUse(focused, shortcut)) return undefined;
  for (let i = tables.length - 1; i >= 0; i--) {
    const found = tables[i]?.find((action) => action.shortcut === shortcut);
    if (found) return found;
  }
  return undefined;
}

/** Routes the page's keys to the tables in force. */
export function routeKeys(page: Window): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const action = actionFor(actionTables.get(), shortcutOf(event), page.document.activeElement);
    if (!action) return;
    event.preventDefault();
    if (event.repeat && !action.isRepeated) return;
    if (action.isEnabled() === true) action.perform();
  };
  page.addEventListener("keydown", onKeyDown);
  return () => page.removeEventListener("keydown", onKeyDown);
}
