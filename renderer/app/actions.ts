/**
 * What can be done, as records: one table feeds buttons, keys, the help sheet and tests. A workspace hands its table
 * to `useActionKeys` while it is on screen.
 */
import { useEffect } from "react";
import { Latest } from "../bridge/latest.js";
import { useStore } from "../bridge/StoresContext.js";
import { defineStore } from "../bridge/uiStores.js";
import type { TextKey } from "./dictionary.js";

export type Enabled = true | { readonly because: TextKey };

export type Action = {
  readonly id: string;
  readonly labelKey: TextKey;
  /** "Space", "R", "Delete", "Ctrl+Z", "Ctrl+Shift+Z". Dangerous actions have none: they need a held button. */
  readonly shortcut: string | undefined;
  /** `because` is the reason for the user. */
  readonly isEnabled: () => Enabled;
  readonly perform: () => void;
  /** Key repeat performs the action again: for stepping through a list, never for commands. */
  readonly isRepeated?: boolean;
  /**
   * True while this key performs its action whatever has the focus (a button, a tab, a check box), unless text is being
   * typed: Pause and Return while anything is armed. Asked before every other table.
   */
  readonly isUrgent?: () => boolean;
  /**
   * The id of a hold button while the key must be held like that button: holding the key fills the button's ring, a
   * short press calls `perform`.
   */
  readonly heldId?: () => string | undefined;
  /**
   * Called with the reason when the key was pressed while the action is disabled: no key press in flight stays without
   * an answer.
   */
  readonly onRefused?: (because: TextKey) => void;
};

type Tables = readonly (readonly Action[])[];

type KeyStore = {
  /** The id of the hold button whose key is down now. */
  readonly heldByKey: Latest<string | undefined>;
  /** The action tables of what is mounted now, newest last; the newest is asked first. */
  readonly tables: Latest<Tables>;
};

export const keyStore = defineStore((): KeyStore => ({
  heldByKey: new Latest<string | undefined>(undefined),
  tables: new Latest<Tables>([]),
}));

/** Registers a table while the component is mounted. Create it once (`useMemo`); its functions read `Latest`s. */
export function useActionKeys(actions: readonly Action[]): void {
  const { tables } = useStore(keyStore);
  useEffect(() => {
    tables.set([...tables.get(), actions]);
    return () => tables.set(tables.get().filter((table) => table !== actions));
  }, [tables, actions]);
}

/** "Ctrl+Shift+Z" for a key press; letters in upper case, the space bar by name. Cmd counts as Ctrl. */
export function shortcutOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">): string {
  const isControl = event.ctrlKey || event.metaKey;
  // With Ctrl the key of "=" and "+" means the plus on every keyboard, as in browsers.
  const key = isControl && event.key === "=" ? "+" : event.key;
  const name = key === " " ? "Space" : key.length === 1 ? key.toUpperCase() : key;
  const isLetter = /^[A-Z]$/.test(name);
  return [
    isControl ? "Ctrl" : "",
    event.altKey ? "Alt" : "",
    // Shift is part of typing "?" and "!", but a choice with letters and named keys.
    event.shiftKey && (isLetter || name.length > 1) ? "Shift" : "",
    name,
  ]
    .filter((part) => part !== "")
    .join("+");
}

/** Fields into which letters and spaces are typed; a tick box or a slider is none. */
const TEXT_FIELDS =
  "textarea, select, [contenteditable=true], " +
  "input:not([type=range], [type=checkbox], [type=radio], [type=button], [type=submit], [type=file], [type=color])";
const isTypedInto = (element: Element): boolean => element.matches(TEXT_FIELDS);
/** Number fields need no letters and lists no spaces, so in flight Pause and Return work while these have the focus. */
const NUMBER_FIELDS = "select, input[type=number], input[inputmode=decimal], input[inputmode=numeric]";
const needsLetters = (element: Element): boolean => isTypedInto(element) && !element.matches(NUMBER_FIELDS);
/** Keys that a focused control needs for itself. */
const OWN_KEYS = new Set(["Space", "Enter", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]);
const hasOwnUse = (element: Element, shortcut: string): boolean =>
  isTypedInto(element) || (OWN_KEYS.has(shortcut) && element.matches("button, a, input, [role=slider], [role=tab]"));

function findAction(tables: Tables, isWanted: (action: Action) => boolean): Action | undefined {
  for (let i = tables.length - 1; i >= 0; i--) {
    const found = tables[i]?.find(isWanted);
    if (found) return found;
  }
  return undefined;
}

/** The urgent action of this key, whatever has the focus; only text fields keep their letters and spaces. */
function urgentActionFor(tables: Tables, shortcut: string, focused: Element | null): Action | undefined {
  if (focused && needsLetters(focused)) return undefined;
  return findAction(tables, (action) => action.shortcut === shortcut && action.isUrgent?.() === true);
}

/** The action a key press means here, whether enabled or not. */
export function actionFor(tables: Tables, shortcut: string, focused: Element | null): Action | undefined {
  const urgent = urgentActionFor(tables, shortcut, focused);
  if (urgent) return urgent;
  if (focused && hasOwnUse(focused, shortcut)) return undefined;
  return findAction(tables, (action) => action.shortcut === shortcut);
}

function perform(action: Action): void {
  const enabled = action.isEnabled();
  if (enabled === true) action.perform();
  else action.onRefused?.(enabled.because);
}

/** Tracks one key from down to up. An action that must be held calls `perform` only when the key is released early. */
class KeyPresses {
  readonly #heldByKey: KeyStore["heldByKey"];
  #held: { readonly key: string; readonly action: Action; readonly heldId: string } | undefined;

  constructor(heldByKey: KeyStore["heldByKey"]) {
    this.#heldByKey = heldByKey;
  }

  down(action: Action, event: KeyboardEvent): void {
    event.preventDefault();
    if (event.repeat && !action.isRepeated) return;
    const heldId = action.heldId?.();
    if (heldId === undefined) {
      perform(action);
      return;
    }
    this.#held = { key: event.key, action, heldId };
    this.#heldByKey.set(heldId);
  }

  /** True when this key was being held for an action. */
  up(key: string): boolean {
    const held = this.#held;
    if (held?.key !== key) return false;
    this.#held = undefined;
    // The hold button clears `heldByKey` when its ring is full; if it is still set, the press was short.
    const isShort = this.#heldByKey.get() === held.heldId;
    this.#heldByKey.set(undefined);
    if (isShort) perform(held.action);
    return true;
  }

  /** The page lost the focus: the hold ends without doing anything. */
  forget(): void {
    this.#held = undefined;
    this.#heldByKey.set(undefined);
  }
}

/** Routes key events of the page to the registered tables. */
export function routeKeys(page: Window, { tables, heldByKey }: KeyStore): () => void {
  const presses = new KeyPresses(heldByKey);
  const urgentDown = new Set<string>();
  // In the capture phase: otherwise a focused button would react to the space bar itself.
  const onKeyDownFirst = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const action = urgentActionFor(tables.get(), shortcutOf(event), page.document.activeElement);
    if (!action) return;
    event.stopPropagation();
    urgentDown.add(event.key);
    presses.down(action, event);
  };
  const onKeyUpFirst = (event: KeyboardEvent): void => {
    presses.up(event.key);
    // Some browsers click a focused button on keyup of the space bar even when keydown was prevented.
    if (!urgentDown.delete(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const { activeElement } = page.document;
    if (event.key === "Escape" && activeElement instanceof HTMLElement && isTypedInto(activeElement)) {
      // Escape leaves a text field, so that the flight keys work again.
      activeElement.blur();
      return;
    }
    const action = actionFor(tables.get(), shortcutOf(event), page.document.activeElement);
    if (action) presses.down(action, event);
  };
  const onBlur = (): void => {
    urgentDown.clear();
    presses.forget();
  };
  page.addEventListener("keydown", onKeyDownFirst, true);
  page.addEventListener("keyup", onKeyUpFirst, true);
  page.addEventListener("keydown", onKeyDown);
  page.addEventListener("blur", onBlur);
  return () => {
    page.removeEventListener("keydown", onKeyDownFirst, true);
    page.removeEventListener("keyup", onKeyUpFirst, true);
    page.removeEventListener("keydown", onKeyDown);
    page.removeEventListener("blur", onBlur);
  };
}
